package dev.parley.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import dev.parley.standalone.DemoUsers;
import dev.parley.testing.ConsoleVisitor;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The pictures of {@code docs/console.md}, taken anew on demand: {@code mvn test -Dtest=ConsoleScreenshotsTest
 * -Dparley.screenshots=docs/images}.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
@EnabledIfSystemProperty(named = "parley.screenshots", matches = ".+", disabledReason = "only on demand")
class ConsoleScreenshotsTest {

    private static final List<String> TEXTS =
            List.of(
                    "You are a stupid idiot and a pathetic liar, like everybody at the council.",
                    "Cheap watches, best prices, click https://watches.example now and win!",
                    "Nobody who can read would believe a word of this garbage.",
                    "I will find out where you live.");

    @Test
    void the_pages() {
        Fixtures.ensure();
        for (var text : TEXTS) {
            Fixtures.submit("gazette", "harbour-bridge", named("Rosa Lindqvist", text)).then().statusCode(201);
        }
        for (int i = 0; i < 12; i++) {
            Fixtures.published("gazette", "harbour-bridge", Fixtures.calm());
        }
        var wide = new NewContextOptions().setViewportSize(1280, 850);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR, wide)) {
            shoot(
                    moderator,
                    "console-queue",
                    "/console/gazette/queue",
                    page -> page.locator("queue-page mark").first().waitFor());
            shoot(moderator, "console-comments", "/console/gazette/comments?q=bridge", _ -> {});
        }
        try (var phone =
                ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR, new NewContextOptions().setViewportSize(390, 844))) {
            shoot(
                    phone,
                    "console-phone",
                    "/console/gazette/queue",
                    page -> {
                        page.locator("queue-page li a, queue-page li button").first().click();
                        page.locator("queue-page mark").first().waitFor();
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
                        page.getByText("Try it on the past").first().click();
                        page.locator("policy-result").waitFor();
                    });
            shoot(admin, "console-statistics", "/console/gazette/statistics", _ -> {});
            shoot(admin, "console-start", "/console/gazette/start", _ -> {});
            shoot(admin, "console-sites", "/console/gazette/sites", _ -> {});
            shoot(admin, "console-members", "/console/gazette/members", _ -> {});
            shoot(admin, "console-audit", "/console/gazette/audit", _ -> {});
        }
        try (var operator = ConsoleVisitor.of(DemoUsers.OPERATOR, wide)) {
            shoot(operator, "console-operator", "/console/operator", _ -> {});
        }
    }

    private static Map<String, Object> named(String name, String text) {
        var fields = Fixtures.comment(text);
        fields.put("name", name);
        return fields;
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
