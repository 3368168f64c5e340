package dev.parley.widget;

import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.parley.platform.PlatformConfig;
import dev.parley.testing.Browser;
import dev.parley.testing.DemoResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The pictures of the documentation, taken anew on demand: {@code mvn test -Dtest=ScreenshotsTest
 * -Dparley.screenshots=docs/images}.
 */
@QuarkusTest
@WithTestResource(DemoResource.class)
@EnabledIfSystemProperty(named = "parley.screenshots", matches = ".+", disabledReason = "only on demand")
@TestMethodOrder(OrderAnnotation.class)
class ScreenshotsTest {

    @Inject PlatformConfig platform;

    @Test
    @Order(1)
    void the_page_without_comments() {
        shoot("page-empty", 760, 720, ColorScheme.LIGHT, page -> page.navigate(frame("gazette/harbour-bridge")));
    }

    @Test
    @Order(2)
    void the_page_with_a_comment_just_published() {
        shoot(
                "page-published",
                760,
                1500,
                ColorScheme.LIGHT,
                page -> {
                    page.navigate(frame("gazette/library-roof"));
                    send(
                            page,
                            "Rosa Lindqvist",
                            "I was on the ladder the day we carried the atlas stand out. *Nobody* dropped anything, whatever Wim says.");
                });
        shoot("page-published-dark", 760, 1300, ColorScheme.DARK, page -> page.navigate(frame("gazette/library-roof")));
    }

    @Test
    @Order(3)
    void the_page_with_a_comment_held() {
        shoot(
                "page-held",
                760,
                900,
                ColorScheme.LIGHT,
                page -> {
                    page.navigate(frame("gazette/harbour-bridge"));
                    send(page, "Angry of Saltmill", "You are a stupid idiot and a pathetic liar");
                });
        shoot(
                "page-error",
                760,
                900,
                ColorScheme.LIGHT,
                page -> {
                    page.navigate(frame("gazette/sourdough"));
                    page.locator("section.reply form").evaluate("form => form.noValidate = true");
                    send(page, " ", "It worked on the second try.");
                });
    }

    @Test
    @Order(4)
    void the_page_with_a_reply_being_written() {
        shoot(
                "page-reply",
                760,
                1300,
                ColorScheme.LIGHT,
                page -> {
                    page.navigate(frame("gazette/night-bus"));
                    page.locator("[data-reply]").last().click();
                    page.locator("#comment").fill("So do I, two stops before the depot.");
                });
    }

    @Test
    @Order(5)
    void the_page_with_a_comment_being_reported() {
        shoot(
                "page-flag",
                760,
                1250,
                ColorScheme.DARK,
                page -> {
                    page.navigate(frame("gazette/sourdough"));
                    page.locator("[data-flag]").last().click();
                    page.locator("section.flag input").nth(4).check();
                    page.locator("section.flag").evaluate("form => form.scrollIntoView({block: 'center'})");
                });
    }

    @Test
    @Order(6)
    void the_page_when_others_comment_meanwhile() {
        shoot(
                "page-live",
                760,
                1100,
                ColorScheme.LIGHT,
                page -> {
                    page.navigate(frame("gazette/rowing-final".replace("gazette/", "gazette-sport/")));
                    page.waitForTimeout(1_000); // until it listens
                    for (var words : new String[] {"What a finish that was!", "And what a torch."}) {
                        given().contentType("application/json")
                                .body(
                                        Map.of(
                                                "name",
                                                "Bow side",
                                                "email",
                                                words.length() + "@readers.example",
                                                "body",
                                                words))
                                .post("/api/v1/sites/gazette-sport/articles/rowing-final/comments")
                                .then()
                                .statusCode(201);
                    }
                    page.locator(".live button").getByText("2").waitFor();
                });
    }

    @Test
    @Order(7)
    void the_page_from_right_to_left() {
        shoot(
                "page-rtl",
                760,
                1400,
                ColorScheme.LIGHT,
                page -> {
                    page.navigate(frame("gazette/library-roof") + "?lang=ar");
                    send(page, "رنا", "قرأت أول كتاب لي تحت ذلك السقف، وكان المطر يقرأ معي.");
                });
    }

    @Test
    @Order(8)
    void the_page_on_a_phone() {
        shoot(
                "page-phone",
                360,
                740,
                ColorScheme.LIGHT,
                page -> {
                    page.navigate(newspaper() + "/articles/library-roof");
                    page.locator("#comments").scrollIntoViewIfNeeded();
                    page.frameLocator("iframe").locator(".comment").first().waitFor();
                    page.evaluate("document.querySelector('#comments').scrollIntoView()");
                });
        shoot("newspaper-phone", 360, 740, ColorScheme.DARK, page -> page.navigate(newspaper() + "/"));
    }

    @Test
    @Order(9)
    void the_newspaper() {
        shoot("newspaper", 1280, 1500, ColorScheme.LIGHT, page -> page.navigate(newspaper() + "/"));
        shoot(
                "newspaper-article",
                1280,
                2900,
                ColorScheme.LIGHT,
                page -> {
                    page.navigate(newspaper() + "/articles/harbour-bridge");
                    page.locator("#comments").scrollIntoViewIfNeeded();
                    page.frameLocator("iframe").locator("form").waitFor();
                });
        shoot("herald-dark", 1280, 1100, ColorScheme.DARK, page -> page.navigate(newspaper() + "/herald"));
    }

    private interface Steps {
        void take(Page page);
    }

    private static void shoot(String name, int width, int height, ColorScheme scheme, Steps steps) {
        var options =
                new NewContextOptions()
                        .setViewportSize(width, height)
                        .setColorScheme(scheme)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setBypassCSP(true);
        try (var context = Browser.open(options)) {
            var page = context.newPage();
            steps.take(page);
            page.addStyleTag(new Page.AddStyleTagOptions().setContent(".parley { margin: 1.75rem auto; }"));
            page.screenshot(
                    new Page.ScreenshotOptions()
                            .setPath(Path.of(System.getProperty("parley.screenshots"), name + ".png")));
        }
    }

    private static void send(Page page, String name, String words) {
        page.locator("#comment")
                .pressSequentially(words, new Locator.PressSequentiallyOptions().setDelay(2_500.0 / words.length()));
        page.locator("#name").fill(name);
        page.locator("#email").fill("reader@readers.example");
        page.locator("section.reply button[type=submit]").click();
        page.locator(".notice").waitFor();
    }

    private String newspaper() {
        return platform.publicOrigin().replace("127.0.0.1", "localhost");
    }

    private String frame(String path) {
        return platform.publicOrigin() + "/embed/" + path;
    }
}
