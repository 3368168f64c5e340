package dev.parley.widget;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.parley.delivery.Post;
import dev.parley.identity.TenantAdministration;
import dev.parley.platform.PlatformConfig;
import dev.parley.tenant.TenantContext;
import dev.parley.testing.Browser;
import dev.parley.testing.DemoResource;
import dev.parley.testing.Inspection;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The framed page with its script, in a real browser. No test may leave a word in the console. */
@QuarkusTest
@WithTestResource(DemoResource.class)
class EnhancedFrameTest {

    private static final String ADDRESS = "qzcanary.browser@readers.example";
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** A site whose unknown articles publish first. */
    private static final String SITE = "herald";

    private static final String SINK =
            "document.addEventListener('securitypolicyviolation', e => console.error('policy ' + e.violatedDirective + ' ' + e.sample));";

    @Inject PlatformConfig platform;
    @Inject TenantAdministration administration;
    @Inject TenantContext tenant;
    @Inject Post post;

    private final List<String> console = new ArrayList<>();
    private BrowserContext context;
    private Page page;
    private String article;

    @BeforeEach
    void openBrowser() {
        article = "enhanced-" + UUID.randomUUID();
        open(new NewContextOptions());
    }

    private void open(NewContextOptions options) {
        if (context != null) {
            context.close();
        }
        context = Browser.open(options);
        context.setDefaultTimeout(10_000);
        context.addInitScript(SINK);
        page = newPage(context);
    }

    private Page newPage(BrowserContext in) {
        var made = in.newPage();
        made.onConsoleMessage(message -> console.add(message.type() + ": " + message.text()));
        made.onPageError(console::add);
        return made;
    }

    @AfterEach
    void nothingWasComplainedOf() {
        context.close();
        // The browser's own line on each answer that is no 2xx; the answers are expected where they come.
        console.removeIf(line -> line.contains("Failed to load resource"));
        assertThat(console).isEmpty();
    }

    @Test
    void a_comment_when_sent_appears_without_a_reload() {
        show("");
        var words = words("The lamp at the corner is lit again");
        send(words);

        assertThat(page.locator("#notice")).containsText("Your comment is published.");
        assertThat(page.locator("#notice")).isFocused();
        assertThat(page.locator(".comments .mine .body")).hasText(words);
        assertThat(page.locator("#thread-heading")).hasText("1 Comment");
        assertThat(page.locator("#comment")).hasValue("");
        assertThat(page.locator("#name")).hasValue("Sam Porter");
        assertNotReloaded();

        var second = words("And the bench beside it has a new plank");
        send(second);

        assertThat(page.locator(".comments > li")).hasCount(2);
        assertThat(page.locator(".comments > li").first().locator(".body")).hasText(second);
        assertThat(page.locator("#thread-heading")).hasText("2 Comments");
        assertNotReloaded();
    }

    @Test
    void a_comment_that_is_held_is_answered_with_the_reasons_and_shown_to_nobody() {
        show("");
        send("You are a stupid idiot and a pathetic liar, " + COUNT.incrementAndGet());

        assertThat(page.locator("#notice")).containsText("held for now");
        assertThat(page.locator("#notice")).containsText("It reads as hostile or insulting.");
        assertThat(page.locator("#notice .own")).isVisible();
        assertThat(page.locator(".comment")).hasCount(0);
        assertNotReloaded();
    }

    @Test
    void a_hostile_comment_when_its_writer_is_asked_first_is_changed_or_sent_as_it_is() {
        nudges(true);
        try {
            show("");
            var insult = "You are a stupid idiot and a pathetic liar, " + COUNT.incrementAndGet();
            send(insult);

            assertThat(page.locator("section.reply #notice")).containsText("Others may read this as hostile.");
            assertThat(page.locator("#comment")).isFocused();
            assertThat(page.locator("#comment")).hasValue(insult);
            assertThat(page.locator("#email")).hasValue(ADDRESS);
            assertThat(page.locator(".comment")).hasCount(0);
            assertAccessible("asked first");
            page.locator("#name").focus();
            page.locator("[data-to-text]").click();
            assertThat(page.locator("#comment")).isFocused();
            page.locator("#comment").fill(words("That is not what I read in the report"));
            page.locator("#name").press("Enter");

            assertThat(page.locator("#notice")).containsText("published");
            assertThat(page.locator("section.reply .notice, [name=nudge]")).hasCount(0);
            assertThat(page.locator(".mine")).hasCount(1);

            send(insult);
            assertThat(page.locator("[name=nudge]")).hasText("Send as it is");
            // Also what is sent again when the connection comes back is sent as it is.
            context.setOffline(true);
            page.locator("[name=nudge]").click();
            assertThat(page.locator(".unsent")).isVisible();
            assertThat(page.locator("[name=nudge]")).hasText("Send as it is");
            context.setOffline(false);

            assertThat(page.locator("#notice")).containsText("held for now");
            assertThat(page.locator("#comment")).hasValue("");
            assertNotReloaded();
        } finally {
            nudges(false);
        }
    }

    @Test
    void a_hostile_change_when_its_writer_is_asked_first_is_changed_or_sent_as_it_is() {
        show("");
        var first = words("The ferry was late");
        send(first);
        page.locator(".mine .own button").getByText("Edit").click();
        nudges(true);
        try {
            var insult = "You are a stupid idiot and a pathetic liar, " + COUNT.incrementAndGet();
            page.locator("#edit-comment").fill(insult);
            page.locator("section.edit [type=submit]").click();

            assertThat(page.locator("section.edit #notice")).containsText("Others may read this as hostile.");
            assertThat(page.locator("#notice")).hasCount(1);
            assertThat(page.locator("#edit-comment")).isFocused();
            assertThat(page.locator("#edit-comment")).hasValue(insult);
            assertThat(page.locator("#edit-comment")).hasAttribute("aria-describedby", "notice");
            assertAccessible("asked first about a change");
            page.locator("section.edit [data-cancel]").focus();
            page.locator("section.edit [data-to-text]").click();
            assertThat(page.locator("#edit-comment")).isFocused();
            var better = words("The ferry was late again");
            page.locator("#edit-comment").fill(better);
            page.locator("section.edit [type=submit]").first().click();
            assertThat(page.locator(".mine .body")).hasText(better);
            assertThat(page.locator("section.edit, [name=nudge]")).hasCount(0);

            page.locator(".mine .own button").getByText("Edit").click();
            page.locator("#edit-comment").fill(insult);
            page.locator("section.edit [type=submit]").click();
            page.locator("section.edit [name=nudge]").click();
            assertThat(page.locator("#notice")).containsText("held for now");
            assertThat(page.locator("section.edit")).hasCount(0);
            assertNotReloaded();
        } finally {
            nudges(false);
        }
    }

    private void nudges(boolean on) {
        tenant.run(SITE, () -> Nudges.set(administration, on));
    }

    @Test
    void a_reply_is_written_and_shown_in_its_place() {
        var root = seed(null, words("A first remark"));
        show("");
        page.locator("#c-" + root + " [data-reply]").click();

        assertThat(page.locator("#c-" + root + " > section.reply h2")).hasText("Reply to Reader");
        assertThat(page.locator("#comment")).isFocused();
        page.locator("[data-cancel-reply]").click();
        assertThat(page.locator("main > section.reply h2")).hasText("Leave a Reply");
        assertThat(page.locator("#c-" + root + " [data-reply]")).isFocused();
        page.locator("#c-" + root + " [data-reply]").click();
        var words = words("An answer to it");
        send(words);

        assertThat(page.locator("#c-" + root + " > .replies .mine .body")).hasText(words);
        assertThat(page.locator("#c-" + root + " .replies .notice")).containsText("published");
        assertThat(page.locator("main > section.reply h2")).hasText("Leave a Reply");
        assertNotReloaded();
    }

    @Test
    void an_error_is_shown_at_its_field_and_nothing_typed_is_lost() {
        show("");
        page.locator("section.reply form").evaluate("form => form.noValidate = true");
        page.locator("#website").fill("javascript:alert(1)");
        send(words("With a website that is none"));

        assertThat(page.locator("#website-error")).containsText("must be an http or https address");
        assertThat(page.locator("#website")).isFocused();
        assertThat(page.locator("#email")).hasValue(ADDRESS);
        page.locator("#website").fill("example.org");
        page.waitForTimeout(300); // the draft is written a moment after the last key
        page.locator("section.reply button[type=submit]").click();

        assertThat(page.locator(".comments .mine")).hasCount(1);
        assertNotReloaded();
    }

    @Test
    void a_long_thread_is_read_on_in_place_and_in_another_order() {
        var first = seed(null, words("The very first"));
        for (int i = 0; i < 6; i++) {
            seed(first, words("An answer"));
        }
        for (int i = 0; i < 26; i++) {
            seed(null, words("One of many"));
        }
        show("");
        assertThat(page.locator(".comments > li")).hasCount(25);
        page.locator(".more a").click();

        assertThat(page.locator(".comments > li")).hasCount(27);
        assertThat(page.locator(".more")).hasCount(0);
        assertThat(page.locator(".comments > li").nth(25).locator("> article")).isFocused();
        var ids = page.locator(".thread li[id]").evaluateAll("items => items.map(item => item.id)");
        assertThat((List<?>) ids).doesNotHaveDuplicates().hasSize(32);
        page.locator(".more-replies a").click();
        assertThat(page.locator("#c-" + first + " > .replies > li[id]")).hasCount(6);
        assertThat(page.locator(".more-replies")).hasCount(0);

        page.locator(".sorts a").getByText("Oldest").click();
        assertThat(page.locator(".comments > li").first()).hasId("c-" + first);
        assertThat(page.locator(".sorts [aria-current]")).hasText("Oldest");
        assertNotReloaded();
        page.reload();
        assertThat(page.locator(".sorts [aria-current]")).hasText("Oldest");
    }

    @Test
    void a_permalink_shows_the_comment_in_its_place() {
        var root = seed(null, words("A question"));
        var reply = seed(root, words("Its answer"));
        seed(null, words("Something else"));
        show("&comment=" + reply);

        assertThat(page.locator("#c-" + root + " #c-" + reply + " > .sought")).hasCount(1);
        assertThat(page.locator(".comments > li")).hasCount(1);
        page.locator(".back a").click();
        assertThat(page.locator(".comments > li")).hasCount(2);
        int entries = (Integer) page.evaluate("history.length");
        page.locator("#c-" + root + " > article [data-permalink]").click();

        assertThat(page.locator("#c-" + root + " > .sought")).isFocused();
        assertThat(page.locator(".sought")).hasCount(1);
        assertThat((Integer) page.evaluate("history.length")).isEqualTo(entries);
        assertNotReloaded();

        show("&comment=" + UUID.randomUUID());
        assertThat(page.locator("#notice")).hasText("This comment is no longer here.");
        assertThat(page.locator(".comments > li")).hasCount(2);
    }

    @Test
    void a_comment_may_be_changed_and_taken_back_also_after_a_reload() {
        show("");
        send(words("Ferst words"));
        page.locator(".mine .own button").getByText("Edit").click();
        assertThat(page.locator("#edit-comment")).isFocused();
        page.locator("[data-cancel]").click();
        assertThat(page.locator(".mine .body")).isVisible();
        page.locator(".mine .own button").getByText("Edit").click();
        var better = words("First words");
        page.locator("#edit-comment").fill(better);
        page.locator("section.edit button").click();

        assertThat(page.locator(".mine .body")).hasText(better);
        assertThat(page.locator(".mine .when")).containsText("edited");
        assertThat(page.locator("#notice .notice-title")).hasText("Your comment was changed.");
        assertNotReloaded();

        page.reload();
        assertThat(page.locator(".mine .yours")).hasText("Your comment");
        page.locator(".own summary").click();
        page.locator(".own .danger").click();

        assertThat(page.locator("#notice")).hasText("You have taken this comment back.");
        assertThat(page.locator(".comment.gone")).hasCount(1);
        assertThat(page.locator(".own")).hasCount(0);
        page.reload();
        assertThat(page.locator(".none")).isVisible();
    }

    @Test
    void a_comment_is_reported_at_its_place() {
        var root = seed(null, words("Best prices in town"));
        show("");
        page.locator("#c-" + root + " [data-flag]").click();
        assertThat(page.locator("#c-" + root + " > section.flag h2")).hasText("Report the comment of Reader");
        assertThat(page.locator("section.flag input[type=radio]").first()).isFocused();
        page.locator("section.flag [data-cancel]").click();
        assertThat(page.locator("#c-" + root + " [data-flag]")).isFocused();
        page.locator("#c-" + root + " [data-flag]").click();
        page.locator("section.flag form").evaluate("form => form.noValidate = true");
        page.locator("#flag-note").fill("It is the third one today.");
        page.locator("section.flag button").click();
        assertThat(page.locator("#flag-error")).hasText("Please choose what is wrong with it.");
        assertThat(page.locator("#flag-note")).hasValue("It is the third one today.");
        page.getByLabel("It is advertising").check();
        page.locator("section.flag button").click();

        assertThat(page.locator("#c-" + root + " > .notice"))
                .hasText("Thank you. A moderator will look at that comment.");
        assertThat(page.locator("section.flag")).hasCount(0);
        assertNotReloaded();
    }

    @Test
    void what_others_do_meanwhile_is_announced_and_shown_when_asked_for() {
        var root = seed(null, words("The first of the day"));
        show("");
        page.waitForFunction("performance.getEntriesByType('resource').length > 0");
        page.waitForTimeout(1_000); // until it listens
        // A window of its own: a page in the background does not listen.
        try (var elsewhere = Browser.open()) {
            announcesWhatIsDoneIn(newPage(elsewhere), root);
        }
        assertNotReloaded();
    }

    private void announcesWhatIsDoneIn(Page reader, String root) {
        reader.navigate(address(""));
        var words = words("Written in another window");
        reader.locator("#comment").pressSequentially(words, slowly(words.length()));
        reader.locator("#name").fill("Nora");
        reader.locator("#email").fill("nora@readers.example");
        reader.locator("section.reply button[type=submit]").click();
        assertThat(reader.locator(".mine")).hasCount(1);
        var reply = seed(root, words("An answer from elsewhere"));
        post.relay(SITE);

        assertThat(page.locator(".live button")).hasText("2 new comments — Show", patiently());
        assertThat(page.locator(".comment")).hasCount(1);
        assertThat(page.locator("#thread-heading")).hasText("3 Comments");
        page.locator(".live button").click();
        assertThat(page.locator(".comments > li").first().locator("> article .body")).hasText(words);
        assertThat(page.locator("#c-" + root + " > .replies > #c-" + reply)).hasCount(1);
        assertThat(page.locator(".live button")).hasCount(0);

        reader.locator(".own summary").click();
        reader.locator(".own .danger").click();
        assertThat(reader.locator(".own")).hasCount(0);
        post.relay(SITE);
        assertThat(page.locator("#thread-heading")).hasText("2 Comments", patiently());
        // An earlier event, read late, may bring the count before the removal is told.
        assertThat(page.locator(".comment.gone"))
                .hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(30_000));
        assertThat(reader.locator(".live button")).hasText("1 new comment — Show", patiently());
    }

    @Test
    void the_controls_of_a_comment_vanish_when_its_time_is_over() {
        page.clock().install();
        show("");
        send(words("To be left as it is"));
        assertThat(page.locator(".mine .own")).isVisible();

        page.clock().fastForward(24 * 60 * 60 * 1000L);

        assertThat(page.locator(".own")).hasCount(0);
        assertThat(page.locator(".mine .body")).isVisible();
    }

    @Test
    void a_draft_survives_a_reload_and_holds_no_address() {
        var root = seed(null, words("Something to answer"));
        show("");
        page.locator("#c-" + root + " [data-reply]").click();
        page.locator("#comment").fill("A thought that is not finished");
        page.locator("#name").fill("Sam Porter");
        page.locator("#email").fill(ADDRESS);
        page.waitForTimeout(400);
        assertThat(stored()).contains("not finished").doesNotContain("qzcanary");
        page.reload();

        assertThat(page.locator("#c-" + root + " > section.reply #comment")).hasValue("A thought that is not finished");
        assertThat(page.locator("#name")).hasValue("Sam Porter");
        assertThat(page.locator("#email")).hasValue("");
    }

    @Test
    void a_comment_whose_sending_failed_is_sent_again_and_posted_once() {
        var tries = new AtomicInteger();
        page.route(
                platform.publicOrigin() + "/embed/**",
                route -> {
                    if (!route.request().method().equals("POST")) {
                        route.resume();
                        return;
                    }
                    switch (tries.incrementAndGet()) {
                        case 1 -> route.abort("connectionfailed");
                        case 2 -> {
                            route.fetch(); // it arrives, but its answer is lost
                            route.abort("connectionreset");
                        }
                        case 3 ->
                                route.fulfill(
                                        new Route.FulfillOptions()
                                                .setStatus(503)
                                                .setHeaders(Map.of("Retry-After", "1"))
                                                .setContentType("text/html")
                                                .setBody("<p>away</p>"));
                        default -> route.resume();
                    }
                });
        show("");
        var words = words("Sent through a tunnel");
        send(words);

        assertThat(page.locator(".unsent")).containsText("What you typed is safe here.");
        assertThat(page.locator("#comment")).hasValue(words);
        page.locator(".unsent button").click();
        page.waitForCondition(() -> tries.get() == 2);
        assertThat(page.locator(".unsent")).isVisible();
        page.reload();
        assertThat(page.locator("#comment")).hasValue(words);
        page.locator("#email").fill(ADDRESS);
        page.locator("section.reply button[type=submit]").click();

        // The third answer asks for a second of patience, then the script tries by itself.
        assertThat(page.locator("#notice")).containsText("published");
        assertThat(page.locator(".comment")).hasCount(1);
        assertThat(tries.get()).isEqualTo(4);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void a_comment_when_the_connection_comes_back_is_sent_by_itself() {
        show("");
        type(words("Waiting for the line"));
        page.locator("#name").fill("Sam Porter");
        page.locator("#email").fill(ADDRESS);
        context.setOffline(true);
        page.locator("section.reply button[type=submit]").click();
        assertThat(page.locator(".unsent")).isVisible();
        context.setOffline(false);

        assertThat(page.locator("#notice")).containsText("published");
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void a_button_when_pressed_twice_posts_once() {
        var posts = new AtomicInteger();
        page.onRequest(request -> posts.addAndGet(request.method().equals("POST") ? 1 : 0));
        show("");
        type(words("Pressed twice"));
        page.locator("#name").fill("Sam Porter");
        page.locator("#email").fill(ADDRESS);
        page.locator("section.reply button[type=submit]").dblclick();

        assertThat(page.locator(".comment")).hasCount(1);
        assertThat(posts.get()).isEqualTo(1);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void a_reader_is_remembered_only_if_they_tick_the_box_and_forgotten_when_they_untick_it() {
        show("");
        send(words("From a stranger"));
        assertThat(page.locator(".mine")).hasCount(1);
        assertThat(stored()).doesNotContain("Sam Porter").doesNotContain("qzcanary").doesNotContain("reader\"");
        page.locator("#remember input").check();
        send(words("From somebody who comes back"));
        assertThat(page.locator(".mine")).hasCount(2);
        assertThat(stored()).contains("qzcanary", "Sam Porter");

        show("");
        assertThat(page.locator("#email")).hasValue(ADDRESS);
        assertThat(page.locator("#remember input")).isChecked();
        type(words("Back again"));
        page.locator("section.reply button[type=submit]").click();
        assertThat(page.locator(".mine")).hasCount(3);
        List<String> authors =
                given().get("/api/v1/sites/{s}/articles/{a}/comments", SITE, article).path("items.author.id");
        assertThat(authors.get(0)).isEqualTo(authors.get(1)).isNotEqualTo(authors.get(2));

        page.locator("#remember input").uncheck();
        assertThat((String) page.evaluate("JSON.stringify({...localStorage})")).isEqualTo("{}");
        show("");
        assertThat(page.locator("#email")).hasValue("");
    }

    @Test
    void a_browser_that_keeps_nothing_does_all_the_same() {
        context.addInitScript(
                "for (const name of ['localStorage', 'sessionStorage'])"
                        + " Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });");
        show("");
        page.locator("#remember input").check();
        send(words("Without a memory"));

        assertThat(page.locator(".mine")).hasCount(1);
        assertNotReloaded();
    }

    @Test
    void a_script_that_fails_leaves_the_plain_page() {
        context.addInitScript("delete Intl.PluralRules;");
        show("");
        send(words("As if there were no script"));

        assertThat(page.locator(".mine")).hasCount(1);
        assertThat(page.evaluate("window.stays === undefined")).isEqualTo(true);
        assertThat(console).isNotEmpty();
        console.clear();
    }

    @Test
    void a_text_near_its_limit_is_counted() {
        show("");
        page.locator("#comment").fill("a".repeat(9_400));
        assertThat(page.locator(".counter")).hasCount(0);
        page.locator("#comment").fill("a".repeat(9_990));
        assertThat(page.locator(".counter")).hasText("10 characters left");
        page.locator("#comment").fill("a".repeat(10_001));
        assertThat(page.locator(".counter")).hasText("1 character too many");
    }

    @Test
    void a_reader_with_a_keyboard_alone_gets_from_the_top_to_a_posted_reply() {
        var root = seed(null, words("Reachable by keys"));
        show("");
        tabTo("[data-reply]");
        page.keyboard().press("Enter");
        assertThat(page.locator("#c-" + root + " #comment")).isFocused();
        page.keyboard().type(words("Typed"), new com.microsoft.playwright.Keyboard.TypeOptions().setDelay(45));
        tabTo("#name");
        page.keyboard().type("Sam Porter");
        tabTo("#email");
        page.keyboard().type(ADDRESS);
        tabTo("section.reply button[type=submit]");
        page.keyboard().press("Enter");

        assertThat(page.locator("#c-" + root + " > .replies .mine")).hasCount(1);
        assertThat(page.locator("#notice")).isFocused();
    }

    @Test
    void axe_finds_nothing_in_either_theme_in_any_language_nor_with_any_accent() {
        var root =
                seed(
                        null,
                        ("Some *words*, a `word` of code and%n%n> a quotation %d").formatted(COUNT.incrementAndGet()));
        seed(root, words("An answer"));
        for (var look :
                new String[] {
                    "&theme=light",
                    "&theme=dark",
                    "&lang=ar&accent=ffe600&theme=light",
                    "&lang=de&accent=101060&theme=dark"
                }) {
            show(look);
            page.locator("#c-" + root + " > article [data-flag]").click();
            page.locator("section.flag").waitFor();
            page.locator("#comment").fill("a".repeat(9_990));
            assertAccessible(look);
        }
        show("&lang=ar");
        send("شاهدت القارب يعبر النهر هذا الصباح، اليوم " + COUNT.incrementAndGet());
        page.locator(".own button").first().click();
        page.locator("#edit-comment").waitFor();
        page.locator("section.edit form").evaluate("form => form.noValidate = true");
        page.locator("#edit-comment").fill(" ");
        page.locator("section.edit button").click();
        page.locator("#edit-error").waitFor();
        assertAccessible("error of an edit");
    }

    @Test
    void a_page_in_arabic_runs_from_right_to_left_and_counts_as_arabic_does() {
        seed(null, words("One"));
        seed(null, words("Two"));
        show("&lang=ar");
        assertThat(page.locator("html")).hasAttribute("dir", "rtl");
        assertThat(page.locator("#thread-heading")).hasText("تعليقان");
        send(words("Three"));
        assertThat(page.locator(".comment")).hasCount(3);
        assertThat(page.locator("#thread-heading")).hasText("٣ تعليقات");
    }

    @Test
    void the_frame_and_its_host_speak_of_height_count_and_looks_only() {
        seed(null, words("For a host"));
        var host = platform.publicOrigin().replace("127.0.0.1", "localhost");
        // Without the policy of that page, which forbids what Playwright waits with.
        open(new NewContextOptions().setBypassCSP(true));
        page.navigate(host + "/");
        page.evaluate(
                """
                address => {
                  window.heard = [];
                  addEventListener('message', e => heard.push(e.origin + ' ' + JSON.stringify(e.data)));
                  document.body.replaceChildren(...[address, 'about:blank'].map(src => Object.assign(document.createElement('iframe'), {src, width: 500, height: 300})));
                }\
                """,
                address("&host=" + host));
        var origin = platform.publicOrigin();
        page.waitForFunction("heard.some(m => m.includes('height'))");

        assertThat((List<?>) page.evaluate("heard"))
                .allSatisfy(line ->
                        assertThat(line.toString())
                                .matches(
                                        java.util.regex.Pattern.quote(origin)
                                                + " \\{\"parley\":1,\"type\":\"(ready|(height|count|scroll)\",\"value\":\\d+)\"?}"))
                .anyMatch(line -> line.toString().endsWith("\"count\",\"value\":1}"));
        var frame = page.frames().get(1);
        page.evaluate(
                "frames[0].postMessage({parley: 1, type: 'theme', value: 'dark'}, '*');"
                        + "frames[0].postMessage({parley: 1, type: 'accent', value: '#aa3300'}, '*');"
                        + "frames[0].postMessage({parley: 1, type: 'theme', value: '<b>'}, '*');"
                        + "frames[0].postMessage({parley: 1, type: 'accent', value: 'red;'}, '*');"
                        + "frames[0].postMessage('theme', '*');");
        frame.waitForFunction("document.documentElement.dataset.accent === 'aa3300'");
        assertThat(frame.locator("html")).hasAttribute("data-theme", "dark");
        // A frame beside it is no parent of it.
        page.frames().get(2).evaluate("parent.frames[0].postMessage({parley: 1, type: 'theme', value: 'light'}, '*')");
        page.waitForTimeout(200);
        assertThat(frame.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(frame.locator("main").evaluate("m => getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(21, 23, 26)");

        int before = (Integer) page.evaluate("heard.length");
        frame.locator("#comment").evaluate("area => area.style.height = '900px'");
        page.waitForFunction("before => heard.slice(before).some(m => m.includes('height'))", before);
    }

    @Test
    void everything_that_the_frame_loads_is_small() throws IOException {
        var bytes = new HashMap<String, Integer>();
        page.onResponse(response -> {
            if (response.url().startsWith(platform.publicOrigin())
                    && response.ok()
                    && !response.url().endsWith("/events")) {
                bytes.put(response.url().replaceAll("[?].*", ""), gzipped(response.body()));
            }
        });
        show("");
        page.waitForCondition(() -> bytes.size() >= 3);
        int all = bytes.values().stream().mapToInt(i -> i).sum();
        System.out.println("The frame loads " + all + " bytes, gzipped: " + bytes);

        assertThat(all).isLessThan(20_000);
    }

    private static int gzipped(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.size();
    }

    private void assertAccessible(String where) {
        // The level-one heading is the article's, on the page that frames this one.
        Inspection.passes(new AxeBuilder(page).disableRules(List.of("page-has-heading-one")), where);
    }

    private void tabTo(String selector) {
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            if ((Boolean) page.evaluate("s => document.activeElement.matches(s)", selector)) {
                return;
            }
        }
        throw new AssertionError("No way by Tab to " + selector);
    }

    private void assertNotReloaded() {
        assertThat(page.evaluate("window.stays")).isEqualTo(true);
    }

    private String stored() {
        return (String) page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])");
    }

    private int count() {
        return given().get("/api/v1/sites/{s}/counts?article={a}", SITE, article)
                .then()
                .statusCode(200)
                .extract()
                .path("counts.'" + article + "'");
    }

    private void show(String query) {
        page.navigate(address(query));
        page.evaluate("window.stays = true");
    }

    private String address(String query) {
        return "%s/embed/%s/%s?url=%1$s/articles/%3$s%s".formatted(platform.publicOrigin(), SITE, article, query);
    }

    private void send(String words) {
        page.locator("#comment").fill(""); // a draft may be there
        type(words);
        page.locator("#name").fill("Sam Porter");
        page.locator("#email").fill(ADDRESS);
        page.locator("section.reply button[type=submit]").click();
    }

    private void type(String words) {
        page.locator("#comment").pressSequentially(words, slowly(words.length()));
    }

    /** A form that comes back within two seconds is not believed. */
    private static Locator.PressSequentiallyOptions slowly(int letters) {
        return new Locator.PressSequentiallyOptions().setDelay(2_100.0 / letters);
    }

    /** What goes through the outbox waits for what earlier tests put there. */
    private static LocatorAssertions.HasTextOptions patiently() {
        return new LocatorAssertions.HasTextOptions().setTimeout(30_000);
    }

    /** Words that were not sent before: repeats are held. */
    private static String words(String start) {
        return start + ", as was to be seen on day " + COUNT.incrementAndGet() + ".";
    }

    /** A comment that is there already. */
    private String seed(String parent, String words) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", "Reader");
        fields.put("email", "reader" + COUNT.incrementAndGet() + "@readers.example");
        fields.put("body", words);
        fields.put("parentId", parent);
        fields.put("article", Map.of("url", platform.publicOrigin() + "/articles/" + article));
        return given().contentType("application/json")
                .body(fields)
                .post("/api/v1/sites/{s}/articles/{a}/comments", SITE, article)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
