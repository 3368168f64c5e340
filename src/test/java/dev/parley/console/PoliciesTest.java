package dev.parley.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.parley.testing.Fixtures.calm;
import static dev.parley.testing.Fixtures.comment;
import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.parley.standalone.DemoUsers;
import dev.parley.testing.ConsoleVisitor;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An admin at the console changes what becomes of comments; each test with a tenant of its own. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class PoliciesTest {

    private static final DemoUsers ADMIN = DemoUsers.NEWCOMER;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Tokens tokens = new Tokens();
    private String tenant = "";

    @BeforeEach
    void newTenant() {
        Fixtures.ensure();
        tenant = "ruled-" + NUMBER.incrementAndGet();
        Fixtures.tenant(tenant, ADMIN);
        asAdmin()
                .body(
                        Map.of(
                                "key",
                                tenant,
                                "name",
                                "The Ruled",
                                "language",
                                "en",
                                "origins",
                                List.of("https://ruled.example")))
                .post("/api/v1/tenants/{t}/sites", tenant)
                .then()
                .statusCode(201);
        var site = asAdmin().get("/api/v1/tenants/{t}/sites", tenant).path("items[0].id");
        asAdmin()
                .body(Map.of("open", true, "metadata", Map.of("url", "https://ruled.example/a", "title", "The bridge")))
                .put("/api/v1/tenants/{t}/sites/{s}/articles/bridge", tenant, site)
                .then()
                .statusCode(200);
    }

    @Test
    void a_policy_when_tried_on_the_past_and_saved_is_obeyed_by_the_next_comment() {
        var seen = calm() + " And for the zeppelin in it.";
        assertThat(send(seen)).isEqualTo("PUBLISHED");
        assertThat(send(calm())).isEqualTo("PUBLISHED");

        try (var visitor = ConsoleVisitor.of(ADMIN)) {
            var page = visitor.open(console("/policies"));
            page.getByLabel("Change: Everything").click();
            page.locator("#handle-hold-toxicity").press("ArrowLeft");
            assertThat(page.locator("#hold-toxicity")).hasValue("0.49");
            page.locator("#suspectWords-more").fill("zeppelin\nblimp");
            page.locator("#suspectWords-more").press("Control+Enter");
            page.locator("#words-test").fill("Look, a z3ppelin!");
            assertThat(page.locator(".word-test mark")).hasText("z3ppelin");

            // A reload loses nothing, and keeps nothing that somebody wrote.
            page.reload();
            assertThat(page.locator(".balance")).containsText("2 changes");
            assertThat((String) page.evaluate("JSON.stringify(sessionStorage)"))
                    .contains("blimp")
                    .doesNotContain("z3ppelin");

            button(page, "Try it on the past").click();
            assertThat(page.locator("policy-result")).containsText("2 comments");
            assertThat(page.locator("policy-result .sample .written")).hasText(seen);
            assertThat(page.locator("policy-result .sample .why")).containsText("zeppelin");
            assertThat(send(calm() + " And for one more zeppelin.")).isEqualTo("PUBLISHED");

            page.locator("#reason").fill("airships are looked at first");
            button(page, "Save").click();
            assertThat(page.locator("policies-page")).containsText("airships are looked at first");
            assertThat(page.locator("policies-page")).containsText("Watched words: 2");
        }

        assertThat(send(calm() + " And for yet another z3ppelin.")).isEqualTo("HELD");
        assertThat(send(calm())).isEqualTo("PUBLISHED");
    }

    @Test
    void an_older_version_when_gone_back_to_is_in_force_again() {
        save(0, "as ever", Map.of("mode", "PUBLISH_FIRST"));
        save(1, "a bad week", Map.of("mode", "HOLD_FIRST"));
        assertThat(send(calm())).isEqualTo("HELD");

        try (var visitor = ConsoleVisitor.of(ADMIN)) {
            var page = visitor.open(console("/policies/history?scope=TENANT"));
            assertThat(page.locator(".versions li.card").first()).containsText("everything is read first");
            page.getByLabel("Go back to version 1").click();
            assertThat(page.locator("dialog")).containsText("comments appear at once");
            page.locator("dialog #ask-reason").fill("the week is over");
            page.locator("dialog").getByText("Go back", exactly()).click();
            assertThat(page.locator(".versions li.card").first()).containsText("the week is over");
            assertThat(page.locator(".versions li.card")).hasCount(3);
        }

        assertThat(send(calm())).isEqualTo("PUBLISHED");
    }

    @Test
    void a_draft_when_a_colleague_was_first_is_kept_on_top_of_theirs() {
        try (var visitor = ConsoleVisitor.of(ADMIN)) {
            var page = visitor.open(console("/policies/edit?scope=TENANT"));
            page.locator("#max-links").fill("3");
            assertThat(page.locator(".balance")).containsText("1 change");
            save(0, "no swearing", Map.of("bannedWords", List.of("blast")));

            button(page, "Save untried").click();
            page.locator("dialog #ask-reason").fill("sources are welcome");
            page.locator("dialog").getByText("Save untried", exactly()).click();
            assertThat(page.locator("policy-stale")).containsText("no swearing");
            assertThat(page.locator("policy-stale")).containsText("added blast");
            button(page, "Keep my draft, on top of theirs").click();

            assertThat(page.locator("policy-stale")).hasCount(0);
            button(page, "Save untried").click();
            page.locator("dialog #ask-reason").fill("sources are welcome");
            page.locator("dialog").getByText("Save untried", exactly()).click();
            assertThat(page.locator("policies-page")).containsText("sources are welcome");
        }

        asAdmin()
                .get("/api/v1/tenants/{t}/policies", tenant)
                .then()
                .body("items[0].version", is(2))
                .body("items[0].document.maxLinks", is(3))
                .body("items[0].document.bannedWords", is(List.of("blast")));
    }

    private void save(int basedOn, String reason, Map<String, Object> document) {
        asAdmin()
                .body(Fixtures.policy("TENANT", "", basedOn, reason, document))
                .put("/api/v1/tenants/{t}/policies", tenant)
                .then()
                .statusCode(200);
    }

    @Test
    void a_condition_when_wrong_is_told_as_one_types_and_can_not_be_saved() {
        try (var visitor = ConsoleVisitor.of(ADMIN)) {
            var page = visitor.open(console("/policies/edit?scope=TENANT"));
            button(page, "Add a rule").click();
            page.locator("#rule-name-0").fill("Long ones");
            page.locator("#rule-when-0").pressSequentially("comment.length > 50 && comment.lenght > 3");
            assertThat(page.locator("#rule-fault-0")).containsText("Line 1, column ");
            assertThat(page.locator("#rule-when-0")).hasAttribute("aria-invalid", "true");
            assertThat(button(page, "Try it on the past")).isDisabled();
            assertThat(button(page, "Save untried")).isDisabled();

            page.locator("#rule-when-0").fill("comment.length > 50");
            assertThat(page.locator("#rule-fault-0")).isEmpty();
            button(page, "Save untried").click();
            page.locator("dialog #ask-reason").fill("long ones are read first");
            page.locator("dialog").getByText("Save untried", exactly()).click();
            assertThat(page.locator("policies-page")).containsText("1 rule of its own: “Long ones”.");
        }

        assertThat(send(calm() + " It was good to read it in full.")).isEqualTo("HELD");
        assertThat(send("Thanks.")).isEqualTo("PUBLISHED");
    }

    /** What becomes of a reader's comment. */
    private String send(String body) {
        return Fixtures.submit(tenant, "bridge", comment(body)).then().statusCode(201).extract().path("status");
    }

    private io.restassured.specification.RequestSpecification asAdmin() {
        return given().auth().oauth2(tokens.of(ADMIN)).contentType(JSON);
    }

    private String console(String path) {
        return "/console/" + tenant + path;
    }

    private static com.microsoft.playwright.Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static com.microsoft.playwright.Locator.GetByTextOptions exactly() {
        return new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true);
    }
}
