package dev.parley.article;

import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import dev.parley.platform.Page;
import dev.parley.tenant.Sites;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Articles of a site, for staff. */
@Path("/api/v1/tenants/{tenant}/sites/{siteId}/articles")
@Authenticated
@RunOnVirtualThread
class ArticleResource {

    private final Articles articles;
    private final Sites sites;
    private final CurrentStaff staff;

    ArticleResource(Articles articles, Sites sites, CurrentStaff staff) {
        this.articles = articles;
        this.sites = sites;
        this.staff = staff;
    }

    /** An article as its tenant's staff sets it. */
    public record ArticleChange(@NotNull @Valid ArticleMetadata metadata, boolean open) {}

    @GET
    @Entitled(Role.MODERATOR)
    public Page<ArticleItem> list(
            @PathParam("tenant") String tenant,
            @PathParam("siteId") UUID siteId,
            @QueryParam("q") @Nullable @Size(max = 100) String words,
            @QueryParam("open") @Nullable Boolean open,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(100) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        staff.get().mustSee(siteId, "site");
        return articles.page(sites.byId(siteId), words, open, limit, cursor);
    }

    @PUT
    @Path("{article}")
    @Entitled(Role.ADMIN)
    public ArticleView put(
            @PathParam("tenant") String tenant,
            @PathParam("siteId") UUID siteId,
            @PathParam("article") String article,
            @NotNull @Valid ArticleChange change) {
        staff.get().mustSee(siteId, "site");
        return articles.put(sites.byId(siteId), article, change.metadata(), change.open());
    }
}
