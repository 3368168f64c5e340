package dev.parley.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import dev.parley.delivery.HookReceiver;
import dev.parley.delivery.Hooks;
import dev.parley.delivery.Post;
import dev.parley.standalone.DemoUsers;
import dev.parley.testing.ConsoleVisitor;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.SmtpResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The pictures of {@code docs/console.md}, taken anew on demand: {@code mvn test -Dtest=ConsoleScreenshotsTest
 * -Dparley.screenshots=docs/images}.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
@WithTestResource(SmtpResource.class)
@EnabledIfSystemProperty(named = "parley.screenshots", matches = ".+", disabledReason = "only on demand")
class ConsoleScreenshotsTest {

    private static final Tokens TOKENS = new Tokens();
    private static final String T = "/api/v1/tenants/gazette";
    private static final String BRIDGE = "harbour-bridge";
    private static final String BUS = "night-bus";

    /** What waits in the end, by who sent it. */
    private static final Map<String, String> WAITING =
            Map.of(
                    "Rosa Lindqvist", "You are a stupid idiot and a pathetic liar, like everybody at the council.",
                    "Best Prices", "Cheap watches, best prices, click https://watches.example now and win!",
                    "Wim", "Nobody who can read would believe a word of this garbage.");

    private static final List<String> SAID =
            List.of(
                    "Eleven weeks is a long time if one works on the other side. Will the ferry run at night?",
                    "My grandmother crossed it on the day it opened. It has earned its rest.",
                    "The last night bus left before the second act was over. About time.",
                    "Thank you for the map. It is the first one on which I find our street.",
                    "Does anybody know whether bicycles may use the footway meanwhile?",
                    "The repair was due four years ago, and it would have cost half.",
                    "A night bus every half hour would do; nobody asks for one every ten minutes.",
                    "I drive the bus. We are two short on Fridays, that is the whole secret.");

    @Inject Hooks hooks;
    @Inject Post post;

    /** Of a database of its own, in which nobody else has made anything. */
    @Test
    void the_pages() throws SQLException {
        aPublisher();
        aFortnight();
        var wide = new NewContextOptions().setViewportSize(1280, 850);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR, wide)) {
            shoot(
                    moderator,
                    "console-queue",
                    "/console/gazette/queue",
                    page -> page.locator("queue-page mark").first().waitFor());
            shoot(moderator, "console-comments", "/console/gazette/comments?q=bus", _ -> {});
            shoot(moderator, "console-comment", "/console/gazette/comments?q=pathetic", first("comments-page .r-body"));
            shoot(moderator, "console-commenters", "/console/gazette/commenters?q=s", _ -> {});
            shoot(
                    moderator,
                    "console-commenter",
                    "/console/gazette/commenters?q=Rosa",
                    first("commenters-page .r-line a"));
        }
        try (var phone =
                ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR, new NewContextOptions().setViewportSize(390, 844))) {
            shoot(
                    phone,
                    "console-phone",
                    "/console/gazette/queue",
                    page -> {
                        page.locator(".q-list a").first().click();
                        page.locator("queue-item mark").first().waitFor(); // the list is hidden behind it
                    });
        }
        try (var admin =
                ConsoleVisitor.of(DemoUsers.GAZETTE_ADMIN, new NewContextOptions().setViewportSize(1280, 1100))) {
            shoot(admin, "console-policy", "/console/gazette/policies/edit?scope=TENANT", _ -> {});
            shoot(
                    admin,
                    "console-trial",
                    "/console/gazette/policies/edit?scope=TENANT",
                    page -> {
                        page.locator("policy-presets").getByText("Strict").first().click();
                        page.getByText("Try it on the past", new Page.GetByTextOptions().setExact(true)).click();
                        page.locator("policy-result").waitFor();
                    });
            aPolicyOfItsOwn();
            shoot(
                    admin,
                    "console-rules",
                    "/console/gazette/policies/edit?scope=TENANT",
                    page -> {
                        page.getByText("Drop my draft").click(); // what was tried above
                        page.locator("policy-words textarea").last().fill("Our n1ght m4yor again!");
                        page.locator("policy-words").evaluate("part => { part.scrollIntoView(); scrollBy(0, -80); }");
                    });
            shoot(admin, "console-policies", "/console/gazette/policies", _ -> {});
            shoot(admin, "console-history", "/console/gazette/policies/history?scope=TENANT", _ -> {});
            shoot(
                    admin,
                    "console-statistics",
                    "/console/gazette/statistics",
                    page -> {
                        page.locator(".spans circle").first().waitFor();
                        page.setViewportSize(1280, 2060);
                    });
            admin.page().setViewportSize(1280, 1100);
            shoot(admin, "console-start", "/console/gazette/start", _ -> {});
            shoot(admin, "console-sites", "/console/gazette/sites", _ -> {});
            shoot(admin, "console-site", "/console/gazette/sites", first("sites-page td a"));
            shoot(admin, "console-articles", "/console/gazette/articles", _ -> {});
            shoot(admin, "console-members", "/console/gazette/members", _ -> {});
            Fixtures.apiKey("gazette", Map.of()).then().statusCode(201);
            shoot(admin, "console-api-keys", "/console/gazette/api-keys", _ -> {});
            shoot(admin, "console-settings", "/console/gazette/settings", _ -> {});
            try (var receiver = new HookReceiver()) {
                shoot(admin, "console-webhook", "/console/gazette/webhooks/" + webhook(receiver), _ -> {});
                shoot(admin, "console-webhooks", "/console/gazette/webhooks", _ -> {});
            }
            shoot(admin, "console-audit", "/console/gazette/audit", _ -> {});
            suggestions();
            shoot(
                    admin,
                    "console-models",
                    "/console/gazette/models",
                    page -> {
                        page.getByText("Teach from decisions").click();
                        page.locator(".own .learnt").first().waitFor();
                        page.locator("own-model-part").scrollIntoViewIfNeeded();
                        page.locator("own-model-part h2").evaluate("title => title.scrollIntoView()");
                    });
        }
        try (var operator = ConsoleVisitor.of(DemoUsers.OPERATOR, wide)) {
            shoot(operator, "console-operator", "/console/operator", _ -> {});
        }
        try (var invited = ConsoleVisitor.stranger()) {
            shoot(invited, "console-invitation", invitation("noor@mail.example"), _ -> {});
        }
    }

    /** Where the mailed link leads. */
    private String invitation(String address) {
        admin().body(Map.of("name", "Noor Haddad", "email", address, "role", "MODERATOR", "sites", List.of()))
                .post(T + "/invitations")
                .then()
                .statusCode(201);
        post.deliver("gazette");
        var link = Pattern.compile("/console/invitation/\\S+").matcher(SmtpResource.to(address).getLast().text());
        assertThat(link.find()).isTrue();
        return link.group();
    }

    /** Two versions of one: words, then a rule beside them. */
    private static void aPolicyOfItsOwn() {
        var words = List.of("night mayor", "bridge troll");
        save(0, "What we get letters about", Map.of("suspectWords", words));
        var rule =
                Map.of(
                        "name",
                        "Newcomers on the war",
                        "when",
                        "scores.toxicity > 0.8 && commenter.approvedCount < 3 && 'war' in article.categories",
                        "then",
                        "HOLD",
                        "reason",
                        "read twice by the foreign desk");
        save(1, "Agreed at the Monday meeting", Map.of("suspectWords", words, "rules", List.of(rule)));
    }

    private static void save(int basedOn, String reason, Map<String, Object> document) {
        admin().body(Fixtures.policy("TENANT", "", basedOn, reason, document))
                .put(T + "/policies")
                .then()
                .statusCode(200);
    }

    private static Consumer<Page> first(String link) {
        return page -> {
            page.locator(link).first().click();
            page.waitForLoadState();
        };
    }

    /** What a forum with words of its own finds rude, and what it does not. */
    private static void suggestions() {
        String key = Fixtures.apiKey("gazette", Map.of()).then().statusCode(201).extract().path("key");
        var rude =
                List.of(
                        "Another paid shill of the harbour board, as could be expected in %s.",
                        "Only a council parrot would praise the board for %s.",
                        "Go back to your bridge troll cave and leave %s to us.",
                        "Says the shill who never once took the bus in %s.");
        var calm =
                List.of(
                        "The ferry was full again this morning, as it is all through %s.",
                        "I asked the board in %s, and they answered within a week.",
                        "What would it take to open the footway before %s?",
                        "My street gets the diverted buses from %s on, and I can live with that.");
        for (int i = 0; i < 240; i++) {
            boolean isRude = i % 3 == 0;
            var said = (isRude ? rude : calm).get(i / 3 % 4);
            var text = said.formatted(Month.of(i % 12 + 1).getDisplayName(TextStyle.FULL, Locale.ENGLISH)) + " " + i;
            Fixtures.suggest(key, text, "TOXICITY", isRude ? 1 : 0).then().statusCode(200);
        }
    }

    /** One that took some of what it was told. */
    private String webhook(HookReceiver receiver) {
        hooks.go("gazette");
        String id =
                admin().body(
                                Map.of(
                                        "address",
                                        receiver.address(),
                                        "description",
                                        "The archive",
                                        "events",
                                        List.of("comment.published", "comment.held", "comment.erased")))
                        .post("/api/v1/tenants/gazette/webhooks")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("webhook.id");
        for (int i = 0; i < 3; i++) {
            Fixtures.published("gazette", BRIDGE, Fixtures.calm());
        }
        Fixtures.held("gazette", BRIDGE);
        hooks.go("gazette");
        receiver.answer(503);
        Fixtures.published("gazette", BRIDGE, Fixtures.calm());
        hooks.go("gazette");
        return id;
    }

    private static void aPublisher() {
        given().auth()
                .oauth2(TOKENS.operator())
                .contentType(JSON)
                .body(
                        Map.of(
                                "id",
                                "gazette",
                                "name",
                                "The Gazette",
                                "adminSubject",
                                DemoUsers.GAZETTE_ADMIN.subject(),
                                "adminName",
                                DemoUsers.GAZETTE_ADMIN.displayName()))
                .post("/api/v1/operator/tenants")
                .then()
                .statusCode(201);
        site("gazette", "The Gazette");
        site("gazette-sport", "Gazette Sport");
        Fixtures.member("gazette", DemoUsers.GAZETTE_MODERATOR, "MODERATOR", List.of());
        var sport = List.of(Fixtures.siteId("gazette", "gazette-sport"));
        Fixtures.member("gazette", DemoUsers.GAZETTE_SPORT_MODERATOR, "MODERATOR", sport);
        article(BRIDGE, "The harbour bridge will close for eleven weeks");
        article(BUS, "Night buses return to the eastern suburbs");
        Fixtures.holdFirst("gazette", "world");
    }

    private static void site(String key, String name) {
        admin().body(
                        Map.of(
                                "key",
                                key,
                                "name",
                                name,
                                "language",
                                "en",
                                "origins",
                                List.of("https://" + key + ".example")))
                .post(T + "/sites")
                .then()
                .statusCode(201);
    }

    private static void article(String key, String title) {
        var metadata = Map.of("url", "https://gazette.example/" + key, "title", title, "categories", List.of("local"));
        admin().body(Map.of("open", true, "metadata", metadata))
                .put(T + "/sites/{s}/articles/{a}", Fixtures.siteId("gazette", "gazette"), key)
                .then()
                .statusCode(200);
    }

    /** What was sent and decided in two weeks, all of it made now and dated back. */
    private static void aFortnight() throws SQLException {
        for (int i = 0; i < 60; i++) {
            Fixtures.published("gazette", i % 3 == 0 ? BUS : BRIDGE, Fixtures.calm());
        }
        for (int i = 0; i < 16; i++) {
            Map<String, Object> seen = Map.of("revision", 1, "stateVersion", 0, "action", "REJECT", "reason", "ABUSE");
            if (i % 4 == 3) {
                seen = Map.of("revision", 1, "stateVersion", 0, "action", i % 8 == 3 ? "SPAM" : "APPROVE");
            }
            var who = i % 3 == 0 ? DemoUsers.GAZETTE_ADMIN : DemoUsers.GAZETTE_MODERATOR;
            given().auth()
                    .oauth2(TOKENS.of(who))
                    .contentType(JSON)
                    .body(seen)
                    .post(T + "/comments/{c}/decisions", Fixtures.held("gazette", BUS))
                    .then()
                    .statusCode(200);
        }
        try (var connection = PostgresResource.asSuperuser();
                var statement = connection.createStatement()) {
            statement.execute(
                    "update parley.moderation_decision d set decided_at = d.decided_at - n.i * interval '21 hours',"
                            + " entered_at = d.decided_at - n.i * interval '21 hours'"
                            + " - (3 + (n.i * 37) % 50 * (n.i * 5) % 19) * interval '1 minute'"
                            + " from (select id, row_number() over (order by id desc) as i from parley.moderation_decision) n"
                            + " where n.id = d.id");
            statement.execute(
                    "update parley.comment c set created_at = d.entered_at from parley.moderation_decision d"
                            + " where d.comment_id = c.id");
            statement.execute(
                    "update parley.comment c set created_at = c.created_at - (n.i * n.i % 14) * interval '1 day'"
                            + " from (select id, row_number() over (order by id) as i from parley.comment"
                            + " where status = 'PUBLISHED' and id not in (select comment_id from parley.moderation_decision)) n"
                            + " where n.id = c.id");
        }
        for (int i = 0; i < SAID.size(); i++) {
            var said = SAID.get(i);
            send(
                    said.contains("bus") ? BUS : BRIDGE,
                    List.of("Ines", "Tom B.", "Ferry Man", "Old Town").get(i % 4),
                    said);
        }
        WAITING.forEach((name, text) -> send(BRIDGE, name, text));
        try (var connection = PostgresResource.asSuperuser();
                var statement = connection.createStatement()) {
            statement.execute(
                    "update parley.queue_item q set entered_at = q.entered_at - n.i * n.i * interval '23 minutes'"
                            + " from (select comment_id, row_number() over (order by risk desc) as i from parley.queue_item) n"
                            + " where n.comment_id = q.comment_id");
        }
    }

    private static void send(String article, String name, String text) {
        var fields = Fixtures.comment(text);
        fields.put("name", name);
        Fixtures.submit("gazette", article, fields).then().statusCode(201);
    }

    private static RequestSpecification admin() {
        return given().auth().oauth2(TOKENS.of(DemoUsers.GAZETTE_ADMIN)).contentType(JSON);
    }

    private static void shoot(ConsoleVisitor visitor, String name, String path, Consumer<Page> act) {
        var page = visitor.open(path);
        assertThat(page.locator("h1").first()).isVisible();
        act.accept(page);
        page.waitForTimeout(800); // what comes in by itself: charts, claims
        page.screenshot(
                new Page.ScreenshotOptions().setPath(Path.of(System.getProperty("parley.screenshots"), name + ".png")));
    }
}
