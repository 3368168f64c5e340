package dev.parley.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.parley.testing.Fixtures.calm;
import static dev.parley.testing.Fixtures.comment;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.parley.standalone.DemoUsers;
import dev.parley.testing.ConsoleVisitor;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tenant from nothing to its first comment, by the console's checklist. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class FirstHourTest {

    private static final DemoUsers ADMIN = DemoUsers.NEWCOMER;

    private final Tokens tokens = new Tokens();

    @BeforeEach
    void people() {
        Fixtures.ensure();
    }

    @Test
    void an_empty_tenant_when_its_admin_follows_the_checklist_has_a_first_comment() {
        Fixtures.tenant("daybreak", ADMIN);
        try (var visitor = ConsoleVisitor.of(ADMIN)) {
            var page = visitor.open("/console/daybreak/start");
            assertThat(page.locator("start-page")).containsText("0 of 5 done");
            visitor.open("/console"); // where the console was last
            assertThat(page).hasURL(ConsoleVisitor.ORIGIN + "/console/daybreak/start");

            page.locator("#site-name").fill("The Daybreak");
            page.locator("#site-origins").fill("www.daybreak.example/news");
            button(page, "Add the site").click();
            assertThat(page.locator("start-page")).containsText("1 of 5 done");
            assertThat(page.locator("start-snippet pre")).containsText("site=\"the-daybreak\"");

            button(page, "Show: Choose what is held").click();
            page.getByText("Strict", new Page.GetByTextOptions().setExact(true)).click();
            button(page, "Begin with this").click();
            assertThat(page.locator("start-page")).containsText("2 of 5 done");

            button(page, "Show: Invite a moderator").click();
            page.locator("#invite-name").fill("Moira");
            page.locator("#invite-email").fill("moira@daybreak.example");
            button(page, "Send the invitation").click();
            assertThat(page.locator("start-page")).containsText("Moira is invited");
            assertThat(page.locator("start-page")).not().containsText("moira@");

            button(page, "Show: Write the first comment").click();
            button(page, "Make a page to try").click();
            var address = page.locator("start-comment a").getAttribute("href");
            assertThat(address).endsWith("/embed/the-daybreak/parley-trial");
            Fixtures.submit("the-daybreak", "parley-trial", comment(calm())).then().statusCode(201);
            assertThat(page.locator("start-page")).containsText("4 of 5 done", seenSoon());

            // An article of the publisher's own is known from its first comment on.
            var own = comment(calm());
            own.put("article", Map.of("url", "https://www.daybreak.example/news/1", "title", "Good morning"));
            Fixtures.submit("the-daybreak", "news-1", own).then().statusCode(201);
            assertThat(page.locator("start-page")).containsText("5 of 5 done", seenSoon());
            assertThat(page.locator("start-page")).containsText("The first article was seen: Good morning");
        }
        given().auth()
                .oauth2(tokens.of(ADMIN))
                .get("/api/v1/tenants/daybreak/policies")
                .then()
                .body("items[0].document.preset", is("STRICT"));
        given().auth()
                .oauth2(tokens.of(ADMIN))
                .get("/api/v1/tenants/daybreak/sites")
                .then()
                .body("items.origins.flatten()", hasItem("https://www.daybreak.example"));
    }

    /** The page looks every five seconds. */
    private static LocatorAssertions.ContainsTextOptions seenSoon() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);
    }

    private static com.microsoft.playwright.Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
