package dev.parley.intake;

import dev.parley.platform.PlatformConfig;
import dev.parley.tenant.SiteView;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The pages from which readers may send: Parley's own and the site's. */
@Singleton
public class Origins {

    private final PlatformConfig platform;

    Origins(PlatformConfig platform) {
        this.platform = platform;
    }

    /**
     * Refuses what was sent from a page of neither the site nor Parley.
     *
     * @param origin the Origin header; null if there was none, as from a program
     */
    public void mustBelongTo(SiteView site, @Nullable String origin) {
        if (origin != null && !origin.equals(platform.publicOrigin()) && !site.origins().contains(origin)) {
            throw new OriginNotAllowed();
        }
    }
}
