package dev.parley.moderation;

import dev.parley.identity.Staff;
import dev.parley.tenant.Sites;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a member may look at. */
final class Visible {

    private Visible() {}

    /**
     * The site asked for by its key, or those that the member may see; null if that is every one.
     *
     * @throws dev.parley.platform.NotFound if the site is none of the member's
     */
    static @Nullable Set<UUID> sites(Staff member, @Nullable String site, Sites sites) {
        if (site == null || site.isEmpty()) {
            return member.allSites() ? null : member.sites();
        }
        var id = sites.byKey(site).id();
        member.mustSee(id, "site");
        return Set.of(id);
    }
}
