package dev.parley.intake;

import dev.parley.platform.PlatformConfig;
import dev.parley.tenant.SiteView;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Which pages may send: those of the site, and Parley's own. */
@Singleton
class Origins {

    private final PlatformConfig platform;

    Origins(PlatformConfig platform) {
        this.platform = platform;
    }

    /**
     * @param origin the Origin header; null if there was none, as from a program
     * @throws OriginNotAllowed if another page sent the request
     */
    void mustAllow(SiteView site, @Nullable String origin) {
        if (origin != null && !origin.equals(platform.publicOrigin()) && !site.origins().contains(origin)) {
            throw new OriginNotAllowed();
        }
    }
}
