package dev.parley.standalone.newspaper;

import dev.parley.article.Articles;
import dev.parley.comment.RecentView;
import dev.parley.comment.Threads;
import dev.parley.platform.NotFound;
import dev.parley.standalone.newspaper.NewspaperPages.RecentLine;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The pages of the demonstration newspaper. */
@Path("/")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
@PermitAll
@RunOnVirtualThread
class NewspaperResource {

    private static final String TENANT = "gazette";
    private static final List<String> SITES = List.of("gazette", "gazette-sport");
    private static final int RECENT = 5;

    private final Stories stories;
    private final Threads threads;
    private final Articles articles;
    private final Sites sites;
    private final TenantContext context;

    NewspaperResource(Stories stories, Threads threads, Articles articles, Sites sites, TenantContext context) {
        this.stories = stories;
        this.threads = threads;
        this.articles = articles;
        this.sites = sites;
        this.context = context;
    }

    @GET
    @Operation(hidden = true)
    public Response front(UriInfo uri) {
        return page(NewspaperPages.front(stories.gazette(), recent(), counts(stories.gazette())), uri);
    }

    @GET
    @Path("category/{name}")
    @Operation(hidden = true)
    public Response category(@PathParam("name") String name, UriInfo uri) {
        var category = Category.named(name).orElseThrow(() -> new NotFound("section"));
        var found = stories.in(category.key());
        return page(NewspaperPages.category(category, found, counts(found)), uri);
    }

    @GET
    @Path("articles/{key}")
    @Operation(hidden = true)
    public Response article(@PathParam("key") String key, UriInfo uri) {
        var story =
                stories.find(key).filter(s -> !s.site().equals("herald")).orElseThrow(() -> new NotFound("article"));
        var count = counts(List.of(story)).getOrDefault(key, 0);
        return page(
                NewspaperPages.article(
                        story, stories.moreBy(story), stories.related(story, 3), frame(story, uri), count),
                uri);
    }

    @GET
    @Path("herald")
    @Operation(hidden = true)
    public Response herald(UriInfo uri) {
        var story = stories.find("market-square").orElseThrow(() -> new NotFound("article"));
        return page(NewspaperPages.herald(story, frame(story, uri)), uri);
    }

    /** Its content may change from run to run, so browsers ask each time. */
    @GET
    @Path("newspaper.css")
    @Produces("text/css;charset=UTF-8")
    @Operation(hidden = true)
    public Response stylesheet() {
        return Response.ok(NewspaperResource.class.getResourceAsStream("/web/newspaper/newspaper.css"))
                .header("Cache-Control", "no-cache")
                .build();
    }

    private static Response page(TemplateInstance page, UriInfo uri) {
        return Response.ok(page)
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
                                + " frame-ancestors 'none'; frame-src "
                                + frameOrigin(uri.getBaseUri()))
                .header("Referrer-Policy", "same-origin")
                .header("Cache-Control", "no-cache")
                .build();
    }

    private static String frame(Story story, UriInfo uri) {
        return frameOrigin(uri.getBaseUri()) + "/embed/" + story.site() + "/" + story.key();
    }

    /** Both names are this program, but two origins to a browser: as a publisher's page and Parley would be. */
    private static String frameOrigin(URI page) {
        var other = "127.0.0.1".equals(page.getHost()) ? "localhost" : "127.0.0.1";
        return page.getScheme() + "://" + other + (page.getPort() < 0 ? "" : ":" + page.getPort());
    }

    private List<RecentLine> recent() {
        return reading(() ->
                served().stream()
                        .flatMap(site -> threads.recent(sites.byKey(site), RECENT).items().stream())
                        .sorted(Comparator.comparing((RecentView.Item item) -> item.comment().createdAt()).reversed())
                        .limit(RECENT)
                        .flatMap(this::line)
                        .toList());
    }

    private <T> T reading(Supplier<T> work) {
        return context.call(TENANT, () -> QuarkusTransaction.requiringNew().call(work::get));
    }

    /** Comments on articles that readers registered have no page here. */
    private Stream<RecentLine> line(RecentView.Item item) {
        var author = item.comment().author();
        var body = item.comment().body();
        if (author == null || body == null) {
            return Stream.empty();
        }
        return stories.find(item.article().key()).stream()
                .map(story -> new RecentLine(author.name(), Teaser.of(body), story.title(), story.href()));
    }

    private Map<String, Integer> counts(List<Story> shown) {
        return reading(() -> {
            Map<String, Integer> counts = new TreeMap<>();
            for (var site : served()) {
                var keys = shown.stream().filter(s -> s.site().equals(site)).map(Story::key).toList();
                if (!keys.isEmpty()) {
                    counts.putAll(articles.counts(sites.byKey(site), keys));
                }
            }
            return counts;
        });
    }

    /** Without demonstration data, as in most tests, the pages stand without comments. */
    private List<String> served() {
        var known = sites.all().stream().map(site -> site.key()).toList();
        return SITES.stream().filter(known::contains).toList();
    }
}
