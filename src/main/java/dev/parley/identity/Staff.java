package dev.parley.identity;

import dev.parley.audit.Act;
import dev.parley.platform.NotFound;
import java.util.Set;
import java.util.UUID;

/**
 * The member of the entered tenant who makes this request.
 *
 * @param allSites whether every site is theirs; otherwise {@code sites} lists them
 */
public record Staff(UUID id, String name, Role role, boolean allSites, Set<UUID> sites) {

    public boolean maySee(UUID site) {
        return allSites || sites.contains(site);
    }

    /** Answers for a site that is not theirs as for one that does not exist. */
    public void mustSee(UUID site, String what) {
        if (!maySee(site)) {
            throw new NotFound(what);
        }
    }

    /** Refuses a member whose role does not reach. */
    public void mustBe(Role needed) {
        if (!role.covers(needed)) {
            throw new NotEntitled(needed);
        }
    }

    public Act.By actor() {
        return new Act.By("member", id.toString());
    }
}
