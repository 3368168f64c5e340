package dev.parley.article;

import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;

/** One article of a tenant, for staff who have its id and not its site: from a policy, a comment or an address. */
@Path("/api/v1/tenants/{tenant}/articles/{article}")
@Authenticated
@RunOnVirtualThread
class ArticleByIdResource {

    private final Articles articles;
    private final CurrentStaff staff;

    ArticleByIdResource(Articles articles, CurrentStaff staff) {
        this.articles = articles;
        this.staff = staff;
    }

    /** As in the list of its site; one of a site that is not the member's answers as one that does not exist. */
    @GET
    @Entitled(Role.MODERATOR)
    public ArticleItem read(@PathParam("tenant") String tenant, @PathParam("article") UUID id) {
        var article = articles.item(id);
        staff.get().mustSee(article.siteId(), "article");
        return article;
    }
}
