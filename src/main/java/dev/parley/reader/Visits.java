package dev.parley.reader;

import dev.parley.platform.MailedToken;
import dev.parley.platform.NotFound;
import dev.parley.tenant.Sites;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** The way in by a mailed link: its token says which tenant to enter, as a site key in a path does elsewhere. */
@ApplicationScoped
class Visits {

    private final Sites sites;
    private final Links links;

    Visits(Sites sites, Links links) {
        this.sites = sites;
        this.links = links;
    }

    /**
     * Enters the tenant of a token and finds its link.
     *
     * @throws NotFound alike for what is malformed, unknown, lapsed, for another use, or of a site that is not served
     */
    Visit by(@Nullable String token, LinkPurpose purpose) {
        var parsed = MailedToken.parse(token).orElseThrow(Visits::nothing);
        try {
            sites.enter(parsed.place());
        } catch (NotFound unknown) {
            throw nothing();
        }
        var link = links.resolve(token, purpose).orElseThrow(Visits::nothing);
        return new Visit(link, sites.byId(link.site()));
    }

    private static NotFound nothing() {
        return new NotFound("link");
    }
}
