package dev.parley.reader;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.parley.reader.ReaderWorld.address;
import static dev.parley.reader.ReaderWorld.calm;
import static dev.parley.reader.ReaderWorld.insult;
import static dev.parley.reader.ReaderWorld.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.parley.testing.Browser;
import dev.parley.testing.Inspection;
import dev.parley.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The reader's own pages in a browser: without scripts, by keyboard, on a phone, in both themes, from right to left.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ReaderBrowserTest {

    private static final int PHONE = 360;

    @Inject ReaderWorld world;

    @Test
    void everything_can_be_done_without_scripts() {
        var site = world.tenant("en");
        var email = address();
        var sent = send(site, "Ada", email, calm());
        var other = send(site, "Ada L.", email, calm());
        try (var context = Browser.open(new NewContextOptions().setJavaScriptEnabled(false))) {
            var page = context.newPage();
            page.navigate(url(world.manage(site, sent.commenter())));
            assertThat(page.getByLabel("Ada", new Page.GetByLabelOptions().setExact(true))).isChecked();
            page.getByLabel("Ada L.").check();
            button(page, "This is my address, and these are mine");

            assertThat(page.getByRole(AriaRole.STATUS)).containsText("This address is yours now.");
            assertThat(page.locator(".mine > li")).hasCount(2);
            button(page, "Take back your comment on About the bridge");
            assertThat(page.locator("#comment-" + other.id() + " .state")).hasText("Taken back");
            assertThat(page.getByText("You get no mails from us.")).isVisible();
            button(page, "Send me mails");
            button(page, "Send me no more mails");
            assertThat(page.getByText("You get no mails from us.")).isVisible();

            var saved = page.waitForDownload(() -> page.getByText("Save as a file (JSON)").click());
            assertThat(saved.suggestedFilename()).isEqualTo("comments.json");

            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Erase everything")).click();
            assertThat(page.locator("h1")).hasText("Erase everything you wrote?");
            page.getByText("Keep everything").click();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Erase everything")).click();
            button(page, "Erase everything now");
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("Everything is erased.");

            page.navigate(
                    url(world.link(site, send(site, "New", address(), calm()).commenter(), LinkPurpose.UNSUBSCRIBE))
                            + "/unsubscribe");
            button(page, "Send me no more mails");
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("sends nothing more to your address");
        }
    }

    @Test
    void the_proof_can_be_given_by_keyboard_alone() {
        var site = world.tenant("en");
        var sent = send(site, "Ada", address(), calm());
        try (var context = Browser.open()) {
            var page = context.newPage();
            page.navigate(url(world.manage(site, sent.commenter())));
            page.keyboard().press("Tab");
            assertThat(page.locator("input[name=mine]")).isFocused();
            page.keyboard().press("Space");
            assertThat(page.locator("input[name=mine]")).not().isChecked();
            page.keyboard().press("Space");
            page.keyboard().press("Tab");
            assertThat(page.locator("button")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.STATUS)).isVisible();
        }
    }

    @Test
    void axe_finds_nothing_in_both_themes_and_from_right_to_left_and_nothing_is_wider_than_a_phone() {
        for (var language : new String[] {"en", "ar"}) {
            var site = world.tenant(language);
            var email = address();
            var sent = send(site, "Ada", email, calm());
            var remembered = Map.of("Reader-Token", sent.readerToken());
            send(site, "bridge", "Ada", email, insult(), Map.of(), remembered);
            send(site, "bridge", "Ada", email, "x".repeat(200) + " " + calm(), Map.of(), remembered);
            send(site, "Somebody", email, calm());
            var asked = world.manage(site, send(site, "Ada B.", email, calm()).commenter());
            var proven = world.proven(site, sent.commenter());
            var unsubscribe = world.link(site, sent.commenter(), LinkPurpose.UNSUBSCRIBE) + "/unsubscribe";
            for (var theme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                var phone =
                        new NewContextOptions()
                                .setColorScheme(theme)
                                .setViewportSize(PHONE, 740)
                                .setBypassCSP(true); // for axe itself: the pages run no script
                try (var context = Browser.open(phone)) {
                    var page = context.newPage();
                    for (var path :
                            new String[] {
                                asked,
                                proven,
                                proven + "/erase",
                                unsubscribe,
                                "nothing?lang=" + language,
                                "?site=" + site
                            }) {
                        page.navigate(url(path));
                        Inspection.passes(page, language + " " + theme);
                        assertThat(page.locator("html").getAttribute("dir"))
                                .isEqualTo(language.equals("ar") ? "rtl" : "ltr");
                    }
                    page.navigate(url(asked));
                    shoot(page, "ask", language, theme);
                    page.navigate(url(proven));
                    shoot(page, "account", language, theme);
                }
            }
        }
    }

    private static void shoot(Page page, String name, String language, ColorScheme theme) {
        var file =
                Path.of(
                        "target",
                        "screenshots",
                        "me-%s-%s-%s.png".formatted(name, language, theme).toLowerCase(java.util.Locale.ROOT));
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    private static void button(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).first().click();
    }

    private static String url(String path) {
        return "http://localhost:" + RestAssured.port + "/me" + (path.startsWith("?") ? "" : "/") + path;
    }
}
