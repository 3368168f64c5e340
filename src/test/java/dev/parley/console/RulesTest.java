package dev.parley.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.parley.testing.Fixtures.calm;
import static dev.parley.testing.Fixtures.comment;
import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
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

/** An admin at the console writes rules; each test with a tenant of its own. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class RulesTest {

    private static final DemoUsers ADMIN = DemoUsers.NEWCOMER;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Tokens tokens = new Tokens();
    private String tenant = "";

    @BeforeEach
    void newTenant() {
        Fixtures.ensure();
        tenant = "celled-" + NUMBER.incrementAndGet();
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

    @Test
    void a_wrong_rule_when_shown_has_no_fault_that_axe_knows_and_fits_a_phone() {
        for (var theme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            var options =
                    new NewContextOptions()
                            .setColorScheme(theme)
                            .setViewportSize(320, 740)
                            .setBypassCSP(true); // for axe itself
            try (var visitor = ConsoleVisitor.of(ADMIN, options)) {
                var page = visitor.open(console("/policies/edit?scope=TENANT"));
                button(page, "Add a rule").click();
                page.locator("#rule-name-0").fill("Wrong");
                page.locator("#rule-when-0").fill("nothing.like.that");
                page.locator("#rule-fault-0 .fault").waitFor();
                page.locator("summary", new Page.LocatorOptions().setHasText("What rules can ask for")).click();
                page.locator("summary", new Page.LocatorOptions().setHasText("Examples")).click();
                var found = new AxeBuilder(page).analyze();
                assertThat(found.getViolations()).as("%s", theme).extracting(rule -> rule.getId()).isEmpty();
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(320);
            }
        }
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
