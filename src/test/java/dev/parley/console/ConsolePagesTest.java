package dev.parley.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.parley.testing.Fixtures.calm;
import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.parley.standalone.DemoUsers;
import dev.parley.testing.ConsoleVisitor;
import dev.parley.testing.Fixtures;
import dev.parley.testing.Inspection;
import dev.parley.testing.KeyboardWalk;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.OwnModelRow;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every page of the console, as its router lists them, on a desk and on a phone: all of it can be reached and seen by
 * keyboard alone, axe finds nothing in both themes, and nothing is wider than the screen.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class ConsolePagesTest {

    private static final Path ROUTER = Path.of("src/main/resources/web/console/routes.js");
    private static final Pattern PATH = Pattern.compile("\\{ path: '([^']+)'");
    private static final Pattern VIEW = Pattern.compile(", view:");
    private static final DemoUsers ADMIN = DemoUsers.NEWCOMER;
    private static final int DESK = 1280;
    private static final int PHONE = 320;

    private final Tokens tokens = new Tokens();

    /** What was found, page by page; all of it is told at once. */
    private final List<String> faults = new ArrayList<>();

    private final Set<String> visited = new HashSet<>();
    private int width;
    private String tenant = "";
    private int stops;
    private Duration walking = Duration.ZERO;

    @BeforeEach
    void people() {
        Fixtures.ensure();
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void all_of_every_page_is_reached_and_seen_by_keyboard_and_axe_finds_nothing(int screen) {
        var begun = Instant.now();
        width = screen;
        tenant = "walked-" + UUID.randomUUID().toString().substring(0, 8);
        Fixtures.tenant(tenant, ADMIN);
        Fixtures.tenant(tenant + "-new", ADMIN);
        var world = new World();
        try (var visitor = ConsoleVisitor.stranger(options())) {
            openPages(visitor);
        }
        try (var visitor = ConsoleVisitor.of(ADMIN, options())) {
            moderation(visitor, world);
            rules(visitor);
            administration(visitor, world);
            look(visitor.open("/console/nowhere"), "main h1");
        }
        try (var visitor = ConsoleVisitor.of(DemoUsers.OPERATOR, options())) {
            operator(visitor);
        }

        System.out.printf(
                "Console pages at %d: %d stops of the Tab key, %d s, %d of them walking%n",
                width, stops, Duration.between(begun, Instant.now()).toSeconds(), walking.toSeconds());
        assertThat(faults).isEmpty();
        assertThat(visited).containsExactlyInAnyOrderElementsOf(routes());
    }

    private void openPages(ConsoleVisitor visitor) {
        look(visitor.open(at("/queue")), ".sign-in h1");
        look(open(visitor, "/console/invitation/none"), ".offer h1");
        look(open(visitor, "/console/invitation/none/accept"), ".offer h1");
    }

    private void moderation(ConsoleVisitor visitor, World world) {
        var page = open(visitor, at("/queue"));
        page.locator(".q-list li").nth(2).waitFor();
        if (width == DESK) { // where the first is open already
            page.locator(".q-bar .good:enabled").waitFor();
        }
        button(page, "Filter").click();
        page.locator(".q-list input").first().click();
        look(page, ".q-bulk.chosen");
        button(page, "Clear").click();
        dialog(page, button(page, "Keys"));
        dialog(page, button(page, "Comfort…"));

        page = open(visitor, at("/queue/" + world.held));
        page.locator(".q-voice").first().waitFor();
        page.locator(".q-bar .good:enabled").waitFor();
        dialog(page, button(page, "Escalate"));
        button(page, "Reject").click();
        look(page, ".q-rejections");

        page = open(visitor, at("/comments?q=bridge"));
        page.locator(".r-list").waitFor();
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.locator("#r-q")).isFocused();
        look(page, ".r-list");

        page = open(visitor, at("/comments/" + world.held));
        page.locator(".r-history").waitFor();
        page.getByText("less sure").first().waitFor();
        button(page, "Reject").click();
        look(page, ".q-rejections");
        walk(page, "Shift+Tab");

        look(open(visitor, at("/commenters?q=Reader")), ".r-list");
        page = open(visitor, at("/commenters/" + world.commenter));
        look(page, ".r-counts");
        dialog(page, button(page, "Reveal address…"));
        OwnModelRow.of(tenant, "kingfisher");
        page = open(visitor, at("/models?card=en/toxicity"));
        page.locator(".own table").waitFor();
        page.locator(".card-text table").first().waitFor();
        if (width == PHONE) {
            button(page, "Menu").click();
        }
        look(page, "nav a");
    }

    private void rules(ConsoleVisitor visitor) {
        look(open(visitor, "/console/" + tenant + "-new/start"), "start-site");
        look(open(visitor, at("/policies")), ".policies");
        look(open(visitor, at("/policies/history?scope=TENANT")), ".versions li");

        var page = open(visitor, at("/policies/edit?scope=TENANT"));
        page.locator("#bannedWords-more").fill("zeppelin");
        page.locator("#bannedWords-more").press("Control+Enter");
        page.locator("#words-test").fill("a zeppelin");
        page.locator(".word-test mark").waitFor();
        page.locator("output.share strong").first().waitFor();
        button(page, "Add a rule").click();
        page.locator("#rule-name-0").fill("Wrong");
        page.locator("#rule-when-0").fill("nothing.like.that");
        page.locator("#rule-fault-0 .fault").waitFor();
        page.locator("summary", new Page.LocatorOptions().setHasText("What rules can ask for")).click();
        page.locator("summary", new Page.LocatorOptions().setHasText("Examples")).click();
        look(page, ".attribute");
        page.locator("#rule-when-0").fill("comment.length > 50");
        page.locator(".ways button:not(.plain):enabled").waitFor();
        walk(page, "Shift+Tab");

        button(page, "Try it on the past").click();
        page.waitForURL("**/policies/try?**");
        visited.add("/console/:tenant/policies/try");
        look(page, "#reason");

        page = open(visitor, at("/statistics?days=7"));
        page.locator(".statistics .spans circle").first().waitFor();
        for (var summary : page.locator("main summary").all()) {
            summary.click();
        }
        look(page, ".statistics .spans table");
        assertThat(page.locator(".statistics [style]")).hasCount(0);
    }

    private void administration(ConsoleVisitor visitor, World world) {
        var page = open(visitor, at("/sites"));
        button(page, "Add a site").click();
        look(page, "#site-key");
        page = open(visitor, at("/sites/" + world.site));
        button(page, "Show the secret").click();
        look(page, "site-secret pre");
        page = open(visitor, at("/articles"));
        button(page, "Add an article").click();
        look(page, "#art-key");
        page = open(visitor, at("/members"));
        button(page, "Change: Hugo Herald").click();
        look(page, "#member-role");
        button(page, "Invite somebody").click();
        look(page, "#invite-email");
        dialog(page, button(page, "Withdraw: Moira"));
        page = open(visitor, at("/api-keys"));
        button(page, "Make a key").click();
        look(page, "#key-until");
        page = open(visitor, at("/webhooks"));
        button(page, "Add a webhook").click();
        look(page, "#hook-address");
        look(open(visitor, at("/webhooks/" + world.webhook)), "webhook-page tbody");
        page = open(visitor, at("/settings"));
        page.locator("#set-erases").check();
        look(page, "#set-retention");
        page = open(visitor, at("/audit"));
        button(page, "Check the chain").click();
        page.locator(".trail summary").first().click();
        look(page, ".outcome");
    }

    private void operator(ConsoleVisitor visitor) {
        var page = open(visitor, "/console/operator");
        button(page, "Create a tenant").click();
        look(page, "#tenant-id");
        dialog(page, page.getByRole(AriaRole.BUTTON, named("Close: The ")).first());
    }

    /** Opens a page of the router. */
    private Page open(ConsoleVisitor visitor, String path) {
        var plain = path.replaceAll("\\?.*", "");
        visited.add(
                routes().stream()
                        .filter(route -> plain.matches(route.replaceAll(":[a-z]+", "[^/]+")))
                        .findFirst()
                        .orElseThrow());
        return visitor.open(path);
    }

    /** Looks at the page as it is once something is there, in every way. */
    private void look(Page page, String thereIs) {
        page.locator(thereIs).first().waitFor();
        walk(page, "Tab");
        for (var theme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
            Inspection.faults(page).forEach(fault -> tell(page, thereIs, theme + ": " + fault));
        }
    }

    private void walk(Page page, String key) {
        var begun = Instant.now();
        var walk = KeyboardWalk.through(page, key);
        walking = walking.plus(Duration.between(begun, Instant.now()));
        stops += walk.stops().size();
        walk.faults().forEach(fault -> tell(page, key, fault));
    }

    private void tell(Page page, String where, String fault) {
        faults.add("%d %s, %s: %s".formatted(width, page.url(), where, fault));
    }

    /** Opens a dialog by keyboard: the focus goes into it, stays there, and comes back when it is closed. */
    private void dialog(Page page, Locator opener) {
        opener.focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog[open]:focus-within")).isVisible();
        look(page, "dialog");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(opener).isFocused();
    }

    private NewContextOptions options() {
        return new NewContextOptions()
                .setColorScheme(ColorScheme.LIGHT)
                .setViewportSize(width, width == DESK ? 850 : 740)
                .setBypassCSP(true); // for axe itself
    }

    private String at(String path) {
        return "/console/" + tenant + path;
    }

    /** The paths of all pages, as the console knows them. */
    private static List<String> routes() {
        try {
            var router = Files.readString(ROUTER);
            var paths = PATH.matcher(router).results().map(found -> found.group(1)).toList();
            assertThat(paths).hasSize((int) VIEW.matcher(router).results().count()).hasSizeGreaterThan(20);
            return paths;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, named(name).setExact(true));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    /** A tenant in which there is something of everything. */
    private final class World {

        final String site = make("/sites", site("The Walked", tenant)).extract().path("id");
        final String held;
        final String commenter;
        final String webhook;

        World() {
            make("/sites", site("The Walked, Sport", tenant + "-sport"));
            var category = "a-category-of-a-publisher-longer-than-a-phone-is-wide"; // as they may be
            var about =
                    Map.of(
                            "url", "https://walked.example/bridge",
                            "title", "The bridge",
                            "categories", List.of(category));
            admin().body(Map.of("open", true, "metadata", about))
                    .put(api("/sites/{s}/articles/bridge"), site)
                    .then()
                    .statusCode(200);
            var words = Map.of("bannedWords", List.of("gizmo", "doodad"));
            var policy =
                    Map.of("scope", "TENANT", "scopeRef", "", "basedOn", 0, "reason", "as ever", "document", words);
            admin().body(policy).put(api("/policies")).then().statusCode(200);
            Fixtures.published(tenant, "bridge", calm());
            decide(Fixtures.held(tenant, "bridge"));
            held = Fixtures.held(tenant, "bridge");
            Fixtures.held(tenant, "bridge");
            Fixtures.held(tenant, "bridge");
            commenter =
                    admin().get(api("/comments/{c}"), held)
                            .then()
                            .statusCode(200)
                            .extract()
                            .path("comment.commenter.id");
            var hugo = DemoUsers.HERALD_MODERATOR;
            make(
                    "/members",
                    Map.of(
                            "subject",
                            hugo.subject(),
                            "name",
                            hugo.displayName(),
                            "role",
                            "MODERATOR",
                            "sites",
                            List.of()));
            make(
                    "/invitations",
                    Map.of("name", "Moira", "email", "moira@walked.example", "role", "MODERATOR", "sites", List.of()));
            make("/api-keys", Map.of("name", "Newsroom tool"));
            var address = "https://hooks.example/a-rather-long-path-of-a-program-of-a-publisher";
            webhook =
                    make("/webhooks", Map.of("address", address, "events", List.of("comment.held")))
                            .extract()
                            .path("webhook.id");
            admin().post(api("/webhooks/{w}/tests"), webhook).then().statusCode(202);
        }

        private static Map<String, Object> site(String name, String key) {
            return Map.of("key", key, "name", name, "language", "en", "origins", List.of("https://walked.example"));
        }

        private void decide(String comment) {
            admin().body(Map.of("revision", 1, "stateVersion", 0, "action", "REJECT", "reason", "ABUSE"))
                    .post(api("/comments/{c}/decisions"), comment)
                    .then()
                    .statusCode(200);
        }

        private ValidatableResponse make(String path, Map<String, ?> body) {
            return admin().body(body).post(api(path)).then().statusCode(201);
        }

        private String api(String path) {
            return "/api/v1/tenants/" + tenant + path;
        }

        private RequestSpecification admin() {
            return given().auth().oauth2(tokens.of(ADMIN)).contentType(JSON);
        }
    }
}
