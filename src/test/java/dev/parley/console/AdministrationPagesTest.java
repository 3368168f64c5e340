package dev.parley.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.parley.testing.Fixtures.calm;
import static dev.parley.testing.Fixtures.comment;
import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import dev.parley.delivery.HookReceiver;
import dev.parley.delivery.Hooks;
import dev.parley.delivery.Post;
import dev.parley.standalone.DemoUsers;
import dev.parley.testing.ConsoleVisitor;
import dev.parley.testing.Fixtures;
import dev.parley.testing.Inspection;
import dev.parley.testing.KeyboardWalk;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.SmtpResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What admins and the operator do at the console, in a real browser with the real sign-in. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
@WithTestResource(SmtpResource.class)
class AdministrationPagesTest {

    private static final String LINK = "/console/invitation/";
    private static final String CHOSEN_PASSWORD = "a-password-of-my-own-7";

    private final Tokens tokens = new Tokens();

    @Inject Post post;
    @Inject Hooks hooks;

    @BeforeEach
    void tenants() throws SQLException {
        SmtpResource.up();
        Fixtures.ensure();
        post.run("update invitation set outcome = 'WITHDRAWN', ended_at = now() where outcome is null");
        post.run("delete from webhook where tenant_id = 'herald'");
    }

    @Test
    void somebody_when_invited_gets_an_account_decides_and_is_out_at_the_next_click_when_removed() {
        var address = "paula.page@mail.example";
        try (var admin = ConsoleVisitor.of(DemoUsers.GAZETTE_ADMIN);
                var invited = ConsoleVisitor.stranger()) {
            var members = admin.open("/console/gazette/members");
            button(members, "Invite somebody").click();
            members.locator("#invite-name").fill("Paula Page");
            members.locator("#invite-email").fill(address);
            button(members, "Send the invitation").click();
            assertThat(members.locator("members-page")).containsText("Paula Page");
            assertThat(members.locator("members-page")).not().containsText(address);

            var page = invited.page();
            page.navigate(mailedLink(address));
            assertThat(page.locator("h1")).hasText("The gazette invites you");
            assertThat(KeyboardWalk.through(page, "Tab").faults()).isEmpty();
            inspect(page, "an invitation");
            button(page, "Accept the invitation").click();
            assertThat(page.locator("h2")).hasText("Your account is made");
            inspect(page, "an invitation that was accepted");
            var username = page.locator("pre").first().textContent();
            var password = page.locator("pre").last().textContent();
            page.getByText("Sign in", new Page.GetByTextOptions().setExact(true)).click();
            page.locator("#username").fill(username);
            page.locator("#password").fill(password);
            page.keyboard().press("Enter");
            page.locator("#password-new").fill(CHOSEN_PASSWORD);
            page.locator("#password-confirm").fill(CHOSEN_PASSWORD);
            page.keyboard().press("Enter");
            page.waitForURL(ConsoleVisitor.ORIGIN + "/console/gazette/queue**");
            assertThat(page.locator("header.top")).containsText("Paula Page");

            // Made only now: who signs in comes to the queue, and claims what is open there.
            var held = Fixtures.held("gazette", Fixtures.newArticle("gazette", "gazette"));
            var decision = Map.of("revision", 1, "stateVersion", 0, "action", "APPROVE");
            var answer =
                    invited.context()
                            .request()
                            .post(
                                    ConsoleVisitor.ORIGIN + "/api/v1/tenants/gazette/comments/" + held + "/decisions",
                                    RequestOptions.create()
                                            .setHeader("Origin", ConsoleVisitor.ORIGIN)
                                            .setData(decision));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            admin("gazette")
                    .get("/api/v1/tenants/gazette/comments/{c}", held)
                    .then()
                    .body("comment.status", is("PUBLISHED"));

            // The link is good once, also for who has it still.
            page.navigate(mailedLink(address));
            assertThat(page.locator("h1")).hasText("This invitation is no longer good");
            invited.open("/console/gazette/queue");
            assertThat(page.locator("header.top")).containsText("Paula Page");

            members.reload();
            button(members, "Remove: Paula Page").click();
            members.locator("dialog").getByText("Remove", exactly()).click();
            assertThat(button(members, "Remove: Paula Page")).hasCount(0);

            page.locator("nav").getByText("Comments", exactly()).click();
            assertThat(page.locator("main")).containsText("There is nothing here");
        }
    }

    @Test
    void a_site_when_added_shows_a_snippet_for_which_readers_can_comment() {
        Fixtures.tenant("weekender", DemoUsers.HERALD_ADMIN); // so that herald stays as other tests know it
        try (var visitor = ConsoleVisitor.of(DemoUsers.HERALD_ADMIN)) {
            var page = visitor.open("/console/weekender/sites");
            button(page, "Add a site").click();
            page.locator("#site-name").fill("The Weekender");
            assertThat(page.locator("#site-key")).hasValue("the-weekender");
            page.locator("#site-origins").fill("weekender.example/start\nno address!");
            page.locator("site-form").getByText("Add the site", exactly()).click();
            assertThat(page.locator("#site-origins-fault")).containsText("no address!");
            page.locator("#site-origins").fill("weekender.example/start");
            page.locator("site-form").getByText("Add the site", exactly()).click();

            assertThat(page.locator("h1")).hasText("The Weekender");
            var snippet = page.getByLabel("Snippet", new Page.GetByLabelOptions().setExact(true)).textContent();
            assertThat(snippet).contains("/embed.js\"></script>").contains("<parley-comments site=\"the-weekender\"");
            var fields = comment(calm());
            fields.put("article", Map.of("url", "https://weekender.example/walks", "title", "Three walks"));
            given().header("Origin", "https://weekender.example")
                    .contentType(JSON)
                    .body(fields)
                    .post("/api/v1/sites/the-weekender/articles/walks/comments")
                    .then()
                    .statusCode(201);

            page.reload();
            assertThat(page.locator("site-page")).containsText("The comments of “Three walks”");
            assertThat(page.locator("site-page")).containsText("They can’t be shown on this page");
            assertThat(page.locator("iframe")).hasCount(0);

            button(page, "Show the secret").click();
            var before = page.locator("site-secret pre").textContent();
            button(page, "Make a new one…").click();
            assertThat(page.locator("dialog")).containsText("stays good until the next time");
            page.locator("dialog").getByText("Make a new one", exactly()).click();
            assertThat(page.locator("site-secret")).containsText("Version 2");
            assertThat(page.locator("site-secret pre").textContent()).hasSameSizeAs(before).isNotEqualTo(before);

            page.navigate(
                    ConsoleVisitor.ORIGIN + "/console/weekender/articles?site=" + siteOf("weekender", "the-weekender"));
            button(page, "Close: Three walks").click();
            assertThat(button(page, "Open: Three walks")).isVisible();
            button(page, "Change: Three walks").click();
            page.locator("#art-categories").fill("outdoors, " + "x".repeat(61));
            page.locator("article-form").getByText("Save", exactly()).click();
            assertThat(page.locator("#art-categories-fault")).containsText("between 1 and 60");
            page.locator("#art-categories").fill("outdoors, weekend");
            page.locator("article-form").getByText("Save", exactly()).click();
            assertThat(page.locator("articles-page tbody")).containsText("outdoors");
            Fixtures.submit("the-weekender", "walks", comment(calm())).then().statusCode(409);

            // By its id alone, whatever is listed beside it.
            String walks =
                    admin("herald")
                            .get("/api/v1/tenants/weekender/sites/{s}/articles", siteOf("weekender", "the-weekender"))
                            .path("items[0].id");
            visitor.open("/console/weekender/articles?q=zeppelin&edit=" + walks);
            assertThat(page.locator("articles-page")).containsText("No article found");
            assertThat(page.locator("#art-categories")).hasValue("outdoors, weekend");
            visitor.open("/console/weekender/comments?article=" + walks);
            assertThat(page.locator(".r-chip")).containsText("Only “Three walks”");
            visitor.open("/console/weekender/policies/edit?scope=ARTICLE&ref=" + walks);
            assertThat(page.locator("h1")).containsText("“Three walks”");
            visitor.open("/console/weekender/articles?edit=" + java.util.UUID.randomUUID());
            assertThat(page.locator("articles-page tbody")).containsText("Three walks");
            assertThat(page.locator("article-form")).hasCount(0);
        }
        admin("herald")
                .queryParam("limit", 100)
                .get("/api/v1/tenants/weekender/audit")
                .then()
                .body("items.action", hasItem("SITE_SECRET_SHOWN"))
                .body("items.action", hasItem("SITE_SECRET_ROTATED"));
        destroy("weekender");
    }

    @Test
    void an_api_key_when_made_is_shown_once_works_and_is_refused_when_revoked() {
        try (var visitor = ConsoleVisitor.of(DemoUsers.HERALD_ADMIN)) {
            var page = visitor.open("/console/herald/api-keys");
            button(page, "Make a key").click();
            page.locator("#key-name").fill("Newsroom tool");
            page.locator("#key-rate").fill("60");
            button(page, "Make the key").click();
            var key = page.getByLabel("The key", new Page.GetByLabelOptions().setExact(true)).textContent();
            assertThat(score(key)).isEqualTo(200);

            page.reload();
            assertThat(page.locator("api-keys-page")).containsText("Newsroom tool");
            assertThat(page.locator("api-keys-page")).not().containsText(key);
            button(page, "Revoke: Newsroom tool").click();
            page.locator("dialog").getByText("Revoke", exactly()).click();
            assertThat(page.locator("api-keys-page")).containsText("revoked");
            assertThat(score(key)).isEqualTo(401);
        }
    }

    @Test
    void a_webhook_when_added_is_tested_told_replayed_and_given_a_new_secret() {
        try (var receiver = new HookReceiver();
                var visitor = ConsoleVisitor.of(DemoUsers.HERALD_ADMIN)) {
            var page = visitor.open("/console/herald/webhooks");
            button(page, "Add a webhook").click();
            page.locator("#hook-address").fill("https://10.0.0.1/");
            button(page, "Add it").click();
            assertThat(page.locator("#hook-address-fault")).containsText("must be https and a public name");
            page.locator("#hook-address").fill(receiver.address());
            page.locator("#hook-description").fill("The archive");
            button(page, "Add it").click();
            var secret = page.getByLabel("The secret", new Page.GetByLabelOptions().setExact(true)).textContent();
            button(page, "I have it").click();
            assertThat(page.locator("webhooks-page tbody")).containsText("works");

            page.locator("webhooks-page tbody a").first().click();
            button(page, "Send a test").click();
            assertThat(page.locator("webhook-page tbody")).containsText("waits");
            hooks.go("herald");
            button(page, "Look again").click();
            assertThat(page.locator("webhook-page tbody")).containsText("delivered");
            receiver.got().getFirst().verify(secret);
            page.getByText("Send again", exactlyOn()).first().click();
            assertThat(page.locator("webhook-page tbody")).containsText("waits");
            hooks.go("herald");
            assertThat(receiver.got()).hasSize(2);

            button(page, "Make a new secret…").click();
            page.locator("dialog").getByText("Make a new one", exactly()).click();
            var second = page.getByLabel("The secret", new Page.GetByLabelOptions().setExact(true)).textContent();
            assertThat(second).isNotEqualTo(secret);
            assertThat(page.locator("webhook-page")).containsText("signs too until");
            button(page, "Change").click();
            page.locator("[name=enabled]").uncheck();
            button(page, "Save").click();
            assertThat(page.locator("webhook-page")).containsText("switched off");
            button(page, "Delete…").click();
            page.locator("dialog").getByText("Delete", exactly()).click();
            assertThat(page.locator("webhooks-page")).containsText("No webhook yet");
        }
    }

    @Test
    void an_admin_is_told_on_every_page_of_a_webhook_that_was_switched_off_until_they_have_dealt_with_it() {
        try (var receiver = new HookReceiver();
                var visitor = ConsoleVisitor.of(DemoUsers.HERALD_ADMIN);
                var moderator = ConsoleVisitor.of(DemoUsers.HERALD_MODERATOR)) {
            receiver.answer(410);
            String hook =
                    admin("herald")
                            .contentType(JSON)
                            .body(Map.of("address", receiver.address(), "events", List.of("comment.held")))
                            .post("/api/v1/tenants/herald/webhooks")
                            .then()
                            .statusCode(201)
                            .extract()
                            .path("webhook.id");
            var page = visitor.open("/console/herald/settings");
            assertThat(page.locator("settings-page form").first()).isVisible();
            assertThat(page.locator("webhooks-off .notice")).hasCount(0);
            admin("herald").post("/api/v1/tenants/herald/webhooks/{h}/tests", hook).then().statusCode(202);
            hooks.go("herald");

            for (var path : List.of("queue", "statistics", "members")) {
                visitor.open("/console/herald/" + path);
                assertThat(page.locator("webhooks-off .notice")).containsText("127.0.0.1");
                assertThat(page.locator("webhooks-off .notice")).containsText("answered that it is gone (410)");
            }
            assertThat(KeyboardWalk.through(page, "Tab").faults()).isEmpty();
            assertThat(moderator.open("/console/herald/queue").locator("queue-page")).isVisible();
            assertThat(moderator.page().locator("webhooks-off")).hasCount(0);

            page.getByText("Look at it", exactlyOn()).click();
            button(page, "Switch it on").click();
            assertThat(page.locator("webhook-page")).containsText("works");
            assertThat(page.locator("webhooks-off .notice")).hasCount(0);
            button(page, "Send a test").click();
            assertThat(page.locator("webhook-page tbody")).containsText("waits");
            hooks.go("herald");
            button(page, "Look again").click();
            assertThat(page.locator("webhooks-off .notice")).containsText("was switched off");
            button(page, "Leave it off").click();
            assertThat(page.locator("webhooks-off .notice")).hasCount(0);

            page.waitForResponse(
                    answer -> answer.url().endsWith("/tenants/herald/webhooks"),
                    () -> visitor.open("/console/herald/queue"));
            assertThat(page.locator("queue-page h1")).isVisible();
            assertThat(page.locator("webhooks-off .notice")).hasCount(0);
        }
    }

    @Test
    void settings_when_saved_hold_and_the_trail_tells_of_them_and_is_whole() {
        try (var visitor = ConsoleVisitor.of(DemoUsers.HERALD_ADMIN)) {
            var page = visitor.open("/console/herald/settings");
            page.locator("#set-depth").fill("5");
            page.locator("#set-personal-HOLD").check();
            page.locator("#set-nudges").check();
            button(page, "Save").click();
            page.getByText("It holds from now on").waitFor();
            page.reload();
            assertThat(page.locator("#set-depth")).hasValue("5");
            assertThat(page.locator("#set-nudges")).isChecked();
            admin("herald")
                    .get("/api/v1/tenants/herald/settings")
                    .then()
                    .body("replyDepth", is(5))
                    .body("personalData", is("HOLD"))
                    .body("nudges", is(true));

            page.navigate(ConsoleVisitor.ORIGIN + "/console/herald/audit?action=SETTINGS_CHANGED");
            var entry = page.locator(".trail li").first();
            assertThat(entry).containsText("Hana Herald changed the settings");
            entry.locator("summary").click();
            assertThat(entry).containsText("Replies to replies: 5");
            assertThat(entry).containsText("Readers are asked to say it differently: yes");
            assertThat(page.locator("#au-action")).hasValue("SETTINGS_CHANGED");
            page.locator("#au-action").selectOption("API_KEY_REVOKED");
            assertThat(page).hasURL(ConsoleVisitor.ORIGIN + "/console/herald/audit?action=API_KEY_REVOKED");

            // A date is asked for once its year is whole, not at each of its digits.
            var asked = new ArrayList<String>();
            page.onRequest(request -> asked.add(request.url()));
            page.locator("#au-from").focus();
            page.keyboard().type("03032026");
            assertThat(page).hasURL(Pattern.compile("from=2026-03-03"));
            assertThat(asked).filteredOn(url -> url.contains("from=")).hasSize(1);

            button(page, "Check the chain").click();
            assertThat(page.locator(".outcome")).containsText("The trail is whole.");
        } finally {
            admin("herald")
                    .contentType(JSON)
                    .body(Map.of("replyDepth", 3, "editWindowSeconds", 300, "hideWhileEditIsHeld", false))
                    .put("/api/v1/tenants/herald/settings")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void the_operator_creates_a_tenant_closes_it_by_typing_its_id_and_takes_it_back() {
        try (var visitor = ConsoleVisitor.of(DemoUsers.OPERATOR)) {
            var page = visitor.open("/console/operator");
            button(page, "Create a tenant").click();
            page.locator("#tenant-name").fill("Late Edition");
            page.locator("#tenant-id").fill("late-edition");
            page.locator("#tenant-admin").fill("Hana Herald");
            page.locator("#tenant-subject").fill(DemoUsers.HERALD_ADMIN.subject().toString());
            page.locator("tenant-form button").click();
            var row = page.locator("tr", new Page.LocatorOptions().setHasText("late-edition"));
            assertThat(row).containsText("active");
            admin("herald").get("/api/v1/tenants/late-edition/queue").then().statusCode(200);

            button(page, "Close: Late Edition").click();
            page.locator("#ask-confirm").fill("late");
            page.locator("dialog").getByText("Close it", exactly()).click();
            assertThat(page.locator("dialog .fault")).containsText("late-edition");
            page.locator("#ask-confirm").fill("late-edition");
            page.locator("dialog").getByText("Close it", exactly()).click();
            assertThat(row).containsText("closing");
            admin("herald").get("/api/v1/tenants/late-edition/queue").then().statusCode(404);

            button(page, "Take back: Late Edition").click();
            page.locator("dialog").getByText("Take it back", exactly()).click();
            assertThat(row).containsText("active");
            admin("herald").get("/api/v1/tenants/late-edition/queue").then().statusCode(200);

            button(page, "Close: Late Edition").click();
            page.locator("#ask-confirm").fill("late-edition");
            page.locator("dialog").getByText("Close it", exactly()).click();
            button(page, "Destroy now: Late Edition").click();
            page.locator("#ask-confirm").fill("late-edition");
            page.locator("dialog").getByText("Destroy it now", exactly()).click();
            assertThat(row).containsText("closed");
            assertThat(row.locator("button")).hasCount(0);
        }
    }

    @Test
    void a_model_is_taught_from_what_people_said_tried_on_the_past_put_in_force_and_taken_out_again() {
        var tenant = "taught-" + UUID.randomUUID().toString().substring(0, 8);
        Fixtures.tenant(tenant, DemoUsers.GAZETTE_ADMIN);
        var admins = given().auth().oauth2(tokens.of(DemoUsers.GAZETTE_ADMIN)).contentType(JSON);
        String key =
                admins.body(Map.of("name", "A program"))
                        .post("/api/v1/tenants/{t}/api-keys", tenant)
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("key");
        for (int i = 0; i < 120; i++) {
            boolean rude = i % 2 == 0;
            var text = rude ? "Only a kumquat would say so of house number " : "There is more to say of house number ";
            Fixtures.suggest(key, text + i, "TOXICITY", rude ? 1 : 0).then().statusCode(200);
        }
        try (var admin = ConsoleVisitor.of(DemoUsers.GAZETTE_ADMIN)) {
            var page = admin.open("/console/" + tenant + "/models");
            button(page, "Teach from decisions").click();
            var own = page.locator(".own");
            assertThat(own).containsText("better, not in force");
            assertThat(own.locator("h3")).hasText("Toxicity, English");
            assertThat(own.locator(".learnt").first()).containsText("kumquat");
            assertThat(page.locator("own-model-part")).containsText("from 120 texts");

            button(page, "Try on the past: Toxicity, English").click();
            assertThat(page.locator("h1")).hasText("Tried on the past");
            assertThat(page.locator(".lead")).containsText("A model of your own");
            assertThat(page.locator(".trial")).containsText("There are no comments of the past");
            page.locator(".heading").getByText("To the models", exactly()).click();

            button(page, "Put in force: Toxicity, English").click();
            page.locator("dialog").getByText("Put in force", exactly()).click();
            assertThat(own.locator(".tag.good")).hasText("in force");
            button(page, "Take out of force: Toxicity, English").click();
            assertThat(own).containsText("out of force");
            button(page, "Delete: Toxicity, English").click();
            page.locator("dialog").getByText("Delete", exactly()).click();
            assertThat(own).hasCount(0);
            assertThat(admin.open("/console/" + tenant + "/audit").locator(".trail"))
                    .containsText("put a model that moderators taught in force");
        }
    }

    @Test
    void pages_are_reached_only_by_those_whose_role_reaches_them() {
        try (var moderator = ConsoleVisitor.of(DemoUsers.HERALD_MODERATOR)) {
            for (var path : List.of("sites", "articles", "members", "api-keys", "webhooks", "settings", "audit")) {
                var page = moderator.open("/console/herald/" + path);
                assertThat(page.locator("h1")).hasText("There is nothing here for you");
                assertThat(page.locator("nav").getByText("Members", exactly())).hasCount(0);
            }
            var page = moderator.open("/console/herald/models");
            assertThat(page.locator("models-page tbody tr").first()).isVisible();
            assertThat(page.locator("rescoring-part, own-model-part, label-part")).hasCount(0);
            moderator.open("/console/gazette/queue");
            assertThat(page.locator("h1")).hasText("There is nothing here for you");
        }
        try (var admin = ConsoleVisitor.of(DemoUsers.HERALD_ADMIN)) {
            assertThat(admin.open("/console/operator").locator("h1")).hasText("There is nothing here for you");
        }
        try (var operator = ConsoleVisitor.of(DemoUsers.OPERATOR)) {
            assertThat(operator.open("/console/herald/members").locator("h1")).hasText("There is nothing here for you");
        }
    }

    /** The link in the newest mail to an address. */
    private String mailedLink(String address) {
        post.deliver("gazette");
        return SmtpResource.to(address)
                .getLast()
                .text()
                .lines()
                .filter(line -> line.contains(LINK))
                .findFirst()
                .orElseThrow()
                .strip();
    }

    private static int score(String key) {
        return given().header("Authorization", "Bearer " + key)
                .contentType(JSON)
                .body(Map.of("texts", List.of(Map.of("text", "Good morning to all"))))
                .post("/api/v1/tenants/herald/scores")
                .statusCode();
    }

    private String siteOf(String tenant, String key) {
        return admin("herald")
                .get("/api/v1/tenants/{t}/sites", tenant)
                .then()
                .extract()
                .path("items.find { it.key == '" + key + "' }.id");
    }

    private void destroy(String tenant) {
        given().auth()
                .oauth2(tokens.operator())
                .contentType(JSON)
                .body(Map.of("status", "CLOSED", "confirm", tenant, "now", true))
                .patch("/api/v1/operator/tenants/{t}", tenant)
                .then()
                .statusCode(200);
    }

    /** The admin of a tenant; that of herald is admin of what these tests make, too. */
    private RequestSpecification admin(String tenant) {
        return given().auth().oauth2(tokens.adminOf(tenant));
    }

    private static void inspect(Page page, String what) {
        for (var theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
            Inspection.passes(page, what + ", " + theme);
        }
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Page.GetByTextOptions exactlyOn() {
        return new Page.GetByTextOptions().setExact(true);
    }

    private static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }
}
