package dev.parley.comment;

import dev.parley.article.HotArticles;
import dev.parley.identity.ForReaders;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.NotFound;
import dev.parley.tenant.Sites;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What readers read. */
@Path("/api/v1/sites/{site}")
@PermitAll
@ForReaders
@RunOnVirtualThread
class ThreadResource {

    private final Threads threads;
    private final ThreadPages pages;
    private final HotArticles articles;
    private final Sites sites;
    private final ReadyPages ready;

    ThreadResource(Threads threads, ThreadPages pages, HotArticles articles, Sites sites, ReadyPages ready) {
        this.threads = threads;
        this.pages = pages;
        this.ready = ready;
        this.articles = articles;
        this.sites = sites;
    }

    /** Visible comments by article key; 0 for articles that nobody commented on. */
    public record Counts(Map<String, Integer> counts) {}

    @GET
    @Path("articles/{article}/comments")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ThreadView.class)))
    public Response thread(
            @PathParam("site") String site,
            @PathParam("article") String article,
            @QueryParam("sort") @DefaultValue("newest") String sort,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(100) int limit,
            @QueryParam("cursor") @Nullable @Size(max = 512) String cursor,
            @QueryParam("parent") @Nullable UUID parent,
            Request request,
            @Context HttpServerRequest asked) {
        var order = sort(sort);
        var found = articles.find(sites.byKey(site), article).orElseThrow(() -> new NotFound("article"));
        var page = pages.get(found, order, limit, cursor, parent);
        ready.note(asked.uri(), site, found, page);
        var unchanged = request.evaluatePreconditions(page.tag());
        var answer =
                unchanged != null
                        ? unchanged
                        : Response.ok(page.json())
                                .type(MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))
                                .tag(page.tag());
        return answer.header("Cache-Control", ReadyPages.MAX_AGE).header("Vary", ReadyPages.VARY).build();
    }

    @GET
    @Path("counts")
    public Counts counts(
            @PathParam("site") String site, @QueryParam("article") @Size(min = 1, max = 100) List<String> article) {
        return new Counts(articles.counts(sites.byKey(site), article));
    }

    @GET
    @Path("comments/recent")
    public RecentView recent(
            @PathParam("site") String site, @QueryParam("limit") @DefaultValue("10") @Min(1) @Max(50) int limit) {
        return threads.recent(sites.byKey(site), limit);
    }

    private static ThreadSort sort(String name) {
        return switch (name) {
            case "newest" -> ThreadSort.NEWEST;
            case "oldest" -> ThreadSort.OLDEST;
            case "top" -> ThreadSort.TOP;
            default -> throw new InvalidInput("sort", "must be newest, oldest or top");
        };
    }
}
