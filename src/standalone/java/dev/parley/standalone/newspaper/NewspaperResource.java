package dev.parley.standalone.newspaper;

import dev.parley.article.HotArticles;
import dev.parley.comment.RecentView;
import dev.parley.comment.Threads;
import dev.parley.platform.NotFound;
import dev.parley.standalone.newspaper.NewspaperPages.RecentLine;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
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
import java.util.Arrays;
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
    private static final String HERALD = "herald";
    private static final int RECENT = 5;

    private final Stories stories;
    private final Threads threads;
    private final HotArticles articles;
    private final Sites sites;
    private final SignedMetadata signed;
    private final TenantContext context;

    NewspaperResource(
            Stories stories,
            Threads threads,
            HotArticles articles,
            Sites sites,
            SignedMetadata signed,
            TenantContext context) {
        this.stories = stories;
        this.threads = threads;
        this.articles = articles;
        this.sites = sites;
        this.signed = signed;
        this.context = context;
    }

    @GET
    @Operation(hidden = true)
    public Response front(UriInfo uri) {
        return front(Edition.ENGLISH, uri);
    }

    @GET
    @Path("category/{name}")
    @Operation(hidden = true)
    public Response category(@PathParam("name") String name, UriInfo uri) {
        return category(Edition.ENGLISH, name, uri);
    }

    @GET
    @Path("articles/{key}")
    @Operation(hidden = true)
    public Response article(@PathParam("key") String key, UriInfo uri) {
        return article(Edition.ENGLISH, key, uri);
    }

    @GET
    @Path("{language:de|ar}")
    @Operation(hidden = true)
    public Response frontIn(@PathParam("language") String language, UriInfo uri) {
        return front(edition(language), uri);
    }

    @GET
    @Path("{language:de|ar}/category/{name}")
    @Operation(hidden = true)
    public Response categoryIn(@PathParam("language") String language, @PathParam("name") String name, UriInfo uri) {
        return category(edition(language), name, uri);
    }

    @GET
    @Path("{language:de|ar}/articles/{key}")
    @Operation(hidden = true)
    public Response articleIn(@PathParam("language") String language, @PathParam("key") String key, UriInfo uri) {
        return article(edition(language), key, uri);
    }

    @GET
    @Path("herald")
    @Operation(hidden = true)
    public Response herald(UriInfo uri) {
        var story = stories.find("market-square").orElseThrow(() -> new NotFound("article"));
        var here = around(Edition.ENGLISH, uri);
        return page(NewspaperPages.herald(here, story, signed.of(HERALD, story, here.canonical(story))), here);
    }

    /** Its content may change from run to run, so browsers ask each time. */
    @GET
    @Path("newspaper.css")
    @Produces("text/css;charset=UTF-8")
    @Operation(hidden = true)
    public Response stylesheet() {
        return file("newspaper.css");
    }

    @GET
    @Path("newspaper.js")
    @Produces("text/javascript;charset=UTF-8")
    @Operation(hidden = true)
    public Response script() {
        return file("newspaper.js");
    }

    private Response front(Edition edition, UriInfo uri) {
        var here = around(edition, uri);
        var printed = stories.in(edition);
        return page(NewspaperPages.front(here, printed, recent(edition), counts(printed)), here);
    }

    private Response category(Edition edition, String name, UriInfo uri) {
        var found = stories.in(edition, name);
        var category = Category.named(name).filter(_ -> !found.isEmpty()).orElseThrow(() -> new NotFound("section"));
        var here = around(edition, uri);
        return page(NewspaperPages.category(here, category.in(edition, words(edition)), found, counts(found)), here);
    }

    private Response article(Edition edition, String key, UriInfo uri) {
        var story = stories.find(edition, key).orElseThrow(() -> new NotFound("article"));
        var here = around(edition, uri);
        return page(
                NewspaperPages.article(
                        here,
                        story,
                        stories.moreBy(story),
                        stories.related(story, 3),
                        signed.of(TENANT, story, here.canonical(story)),
                        counts(List.of(story)).getOrDefault(key, 0)),
                here);
    }

    private static Response file(String name) {
        return Response.ok(NewspaperResource.class.getResourceAsStream("/web/newspaper/" + name))
                .header("Cache-Control", "no-cache")
                .build();
    }

    private static Response page(TemplateInstance page, Surroundings here) {
        var parley = here.parley();
        return Response.ok(page.setLocale(here.edition().locale()))
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
                                + " frame-ancestors 'none'; require-trusted-types-for 'script';"
                                + " script-src 'self' %1$s; connect-src %1$s; frame-src %1$s".formatted(parley))
                .header("Referrer-Policy", "same-origin")
                .header("Cache-Control", "no-cache")
                .build();
    }

    private Surroundings around(Edition edition, UriInfo uri) {
        var words = words(edition);
        var sections =
                Arrays.stream(Category.values())
                        .filter(category -> !stories.in(edition, category.key()).isEmpty())
                        .map(category -> category.in(edition, words))
                        .toList();
        var page = uri.getBaseUri();
        return new Surroundings(edition, origin(page, other(page.getHost())), origin(page, page.getHost()), sections);
    }

    private static Edition edition(String language) {
        return Arrays.stream(Edition.values())
                .filter(edition -> edition.language().equals(language))
                .findFirst()
                .orElseThrow(() -> new NotFound("edition"));
    }

    private static NewspaperMessages words(Edition edition) {
        return MessageBundles.get(NewspaperMessages.class, Localized.Literal.of(edition.language()));
    }

    /** Both names are this program, but two origins to a browser: as a publisher's page and Parley would be. */
    private static String other(String host) {
        return "127.0.0.1".equals(host) ? "localhost" : "127.0.0.1";
    }

    private static String origin(URI page, String host) {
        return page.getScheme() + "://" + host + (page.getPort() < 0 ? "" : ":" + page.getPort());
    }

    private List<RecentLine> recent(Edition edition) {
        return reading(() ->
                served(edition.mainSite()).stream()
                        .flatMap(site -> threads.recent(sites.byKey(site), RECENT).items().stream())
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
                .map(story ->
                        new RecentLine(
                                author.name(),
                                Teaser.of(body),
                                story.title(),
                                story.href() + "#comment-" + item.comment().id()));
    }

    private Map<String, Integer> counts(List<Story> shown) {
        return reading(() -> {
            Map<String, Integer> counts = new TreeMap<>();
            shown.stream()
                    .map(Story::site)
                    .distinct()
                    .flatMap(site -> served(site).stream())
                    .forEach(site -> {
                        var keys = shown.stream().filter(s -> s.site().equals(site)).map(Story::key).toList();
                        counts.putAll(articles.counts(sites.byKey(site), keys));
                    });
            return counts;
        });
    }

    /** Without demonstration data, as in most tests, the pages stand without comments. */
    private List<String> served(String site) {
        return sites.all().stream().map(known -> known.key()).filter(site::equals).toList();
    }
}
