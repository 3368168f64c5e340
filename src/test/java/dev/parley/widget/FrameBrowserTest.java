package dev.parley.widget;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.parley.platform.PlatformConfig;
import dev.parley.testing.Browser;
import dev.parley.testing.DemoResource;
import dev.parley.testing.Inspection;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The main job in a real browser, scripts switched off: what a reader sees and does. */
@QuarkusTest
@WithTestResource(DemoResource.class)
class FrameBrowserTest {

    private static final String CALM = "I cross that bridge each morning and would gladly take a boat for a while.";
    private static final String INSULT = "You are a stupid idiot and a pathetic liar";

    @Inject PlatformConfig platform;

    @Test
    void a_reader_without_scripts_when_commenting_under_the_article_sees_it_at_once() {
        try (var context = Browser.open(new NewContextOptions().setJavaScriptEnabled(false))) {
            var page = context.newPage();
            page.navigate(newspaper() + "/articles/night-bus");
            page.locator("parley-comments a").click();
            assertThat(page.getByText("Your email address will not be published.")).isVisible();

            var words = "The driver of the N2 waited for my sister last week. " + UUID.randomUUID();
            send(page, words);

            assertThat(page.locator(".notice")).containsText("Your comment is published.");
            assertThat(page.locator(".mine .body")).hasText(words);
            page.navigate(newspaper() + "/");
            assertThat(page.locator("parley-recent li").first()).containsText("The driver of the N2");
        }
    }

    @Test
    void an_insult_when_sent_is_answered_in_plain_words_and_shown_to_nobody() {
        try (var context = Browser.open(new NewContextOptions().setJavaScriptEnabled(false))) {
            var page = context.newPage();
            page.navigate(frame("sourdough"));

            send(page, INSULT);

            assertThat(page.locator(".notice")).containsText("held for now");
            assertThat(page.locator(".notice")).containsText("It reads as hostile or insulting.");
            page.navigate(frame("sourdough"));
            assertThat(page.getByText(INSULT)).hasCount(0);
        }
    }

    @Test
    void a_page_when_reloaded_after_sending_does_not_post_twice() {
        try (var context = Browser.open(new NewContextOptions().setJavaScriptEnabled(false))) {
            var article = article();
            var page = context.newPage();
            page.navigate(
                    platform.publicOrigin()
                            + "/embed/herald/"
                            + article
                            + "?url="
                            + newspaper()
                            + "/articles/"
                            + article);
            send(page, CALM);
            assertThat(page.locator(".comment")).hasCount(1);

            page.reload();

            assertThat(page.locator(".notice")).containsText("Your comment is published.");
            assertThat(page.locator(".comment")).hasCount(1);
        }
    }

    @Test
    void a_reply_when_sent_without_scripts_stands_under_its_comment() {
        try (var context = Browser.open(new NewContextOptions().setJavaScriptEnabled(false))) {
            var page = context.newPage();
            page.navigate(frame("library-roof"));
            var first = page.locator(".comments > li").last();
            first.locator(".actions a").first().click();
            assertThat(page.locator("#reply-heading")).containsText("Reply to");

            send(page, "That makes three of us, then.");

            assertThat(page.locator(".replies .mine .body")).hasText("That makes three of us, then.");
        }
    }

    @Test
    void a_writer_without_scripts_changes_a_comment_and_takes_it_back() {
        try (var context = Browser.open(new NewContextOptions().setJavaScriptEnabled(false))) {
            var page = context.newPage();
            page.navigate(herald(article()));
            send(page, "I saw the heron at the mill, as every mornin. " + UUID.randomUUID());
            page.locator("#notice .own button").getByText("Edit").click();
            page.locator("#edit-comment").fill("I saw the heron at the mill, as every morning.");
            page.locator("section.edit button").click();

            assertThat(page.locator("#notice")).containsText("Your comment was changed.");
            assertThat(page.locator(".mine .body")).hasText("I saw the heron at the mill, as every morning.");
            page.locator("#notice summary").click();
            page.locator("#notice .danger").click();
            assertThat(page.locator("#notice")).containsText("You have taken this comment back.");
            assertThat(page.locator(".none")).isVisible();
        }
    }

    @Test
    void a_reader_without_scripts_reports_a_comment() {
        try (var context = Browser.open(new NewContextOptions().setJavaScriptEnabled(false))) {
            var page = context.newPage();
            page.navigate(frame("library-roof"));
            page.locator(".comments > li").first().locator("> article .report").click();
            assertThat(page.locator("#flag-heading")).containsText("Report the comment of");
            page.getByLabel("It is advertising").check();
            page.locator("#flag-note").fill("Cake is for sale here.");
            page.locator("section.flag button").click();

            assertThat(page.locator("#notice")).containsText("A moderator will look at that comment.");
            assertThat(page.locator(".sought")).hasCount(1);
        }
    }

    @Test
    void a_reader_without_scripts_reads_on_in_another_order_and_finds_one_comment() {
        var article = article();
        for (int i = 0; i < 26; i++) {
            given().contentType("application/json")
                    .body(
                            Map.of(
                                    "name",
                                    "Reader",
                                    "email",
                                    "r%d@readers.example".formatted(i),
                                    "body",
                                    "Boat number %d went by at %s.".formatted(i, UUID.randomUUID()),
                                    "article",
                                    Map.of("url", newspaper() + "/articles/" + article)))
                    .post("/api/v1/sites/herald/articles/{a}/comments", article)
                    .then()
                    .statusCode(201);
        }
        try (var context = Browser.open(new NewContextOptions().setJavaScriptEnabled(false))) {
            var page = context.newPage();
            page.navigate(herald(article));
            page.locator(".sorts a").getByText("Oldest").click();
            assertThat(page.locator(".comments > li").first()).containsText("Boat number 0 ");
            page.locator(".more a").click();
            assertThat(page.locator(".comments > li")).hasCount(1);
            var id = page.locator(".comments > li").getAttribute("id").substring(2);
            page.locator(".back a").click();
            assertThat(page.locator(".comments > li")).hasCount(25);

            page.navigate(herald(article) + "&comment=" + id);

            assertThat(page.locator(".sought .body")).containsText("Boat number 25 ");
            assertThat(page.locator(".comments > li")).hasCount(1);
        }
    }

    @Test
    void a_page_at_the_width_of_a_small_phone_needs_no_sideways_scrolling() {
        try (var context = Browser.open(new NewContextOptions().setViewportSize(320, 640))) {
            var page = context.newPage();
            for (var path :
                    new String[] {
                        frame("library-roof"),
                        frame("harbour-bridge"),
                        newspaper() + "/",
                        newspaper() + "/articles/harbour-bridge",
                        newspaper() + "/category/food",
                        newspaper() + "/herald"
                    }) {
                page.navigate(path);
                Inspection.fits(page);
            }
        }
    }

    @Test
    void a_page_of_a_stranger_when_it_frames_the_comments_gets_nothing() {
        try (var context = Browser.open()) {
            var page = context.newPage();
            page.route(
                    "http://stranger.invalid/**",
                    route ->
                            route.fulfill(
                                    new com.microsoft.playwright.Route.FulfillOptions()
                                            .setContentType("text/html")
                                            .setBody("<iframe src=\"" + frame("sourdough") + "\"></iframe>")));
            var refused =
                    page.waitForConsoleMessage(
                            new Page.WaitForConsoleMessageOptions()
                                    .setPredicate(message -> message.text().contains("frame-ancestors")),
                            () -> page.navigate("http://stranger.invalid/"));

            assertThat(refused.type()).isEqualTo("error");
            assertThat(page.frameLocator("iframe").getByText("Leave a Reply")).hasCount(0);
        }
    }

    /** At a person's pace: a form that comes back within two seconds is not believed. */
    private static void send(Page page, String words) {
        page.locator("#comment")
                .pressSequentially(words, new Locator.PressSequentiallyOptions().setDelay(2_500.0 / words.length()));
        page.locator("#name").fill("Sam Porter");
        page.locator("#email").fill("sam.porter@readers.example");
        page.locator("section.reply button[type=submit]").click();
    }

    private static String article() {
        return "browser-" + UUID.randomUUID();
    }

    private String herald(String article) {
        return "%s/embed/herald/%s?url=%s/articles/%2$s".formatted(platform.publicOrigin(), article, newspaper());
    }

    private String newspaper() {
        return platform.publicOrigin().replace("127.0.0.1", "localhost");
    }

    private String frame(String article) {
        return platform.publicOrigin() + "/embed/gazette/" + article;
    }
}
