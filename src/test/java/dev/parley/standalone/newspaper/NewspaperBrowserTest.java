package dev.parley.standalone.newspaper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.parley.platform.PlatformConfig;
import dev.parley.testing.Browser;
import dev.parley.testing.DemoResource;
import dev.parley.testing.Inspection;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The newspaper with the real loader and the real frame, as its readers have it. */
@QuarkusTest
@WithTestResource(DemoResource.class)
class NewspaperBrowserTest {

    private static final String WATCH =
            "window.shifts = []; new PerformanceObserver(list => list.getEntries().forEach(entry => shifts.push(entry.value + ' '"
                    + " + entry.sources.map(source => source.node?.nodeName + '.' + source.node?.className).join())))"
                    + ".observe({ type: 'layout-shift', buffered: true })";

    @Inject PlatformConfig platform;

    @Test
    void an_article_when_scrolled_to_its_comments_does_not_shift() {
        for (var width : new int[] {1280, 360}) {
            try (var context = Browser.open(new NewContextOptions().setViewportSize(width, 780))) {
                var page = context.newPage();
                page.addInitScript(WATCH);
                page.navigate(newspaper() + "/articles/library-roof");
                waitFor(page, "customElements.get('parley-comments')");
                scrollThrough(page);

                assertThat(comments(page).locator(".comment").first()).isVisible();
                page.evaluate("new Promise(done => setTimeout(done, 600))");

                double shift =
                        ((Number) page.evaluate("shifts.reduce((sum, s) => sum + parseFloat(s), 0)")).doubleValue();
                System.out.printf("Layout shift at %d px: %s %s%n", width, shift, page.evaluate("shifts.join(' | ')"));
                assertThat(shift).isLessThanOrEqualTo(0.01);
            }
        }
    }

    @Test
    void the_front_page_when_its_lists_arrive_does_not_shift() {
        for (var path : List.of("/", "/de", "/ar")) {
            try (var context = Browser.open(new NewContextOptions().setViewportSize(1280, 900))) {
                var page = context.newPage();
                page.addInitScript(WATCH);
                page.navigate(newspaper() + path);
                waitFor(page, "document.querySelector('parley-recent > ol:only-child')");
                page.evaluate("new Promise(done => setTimeout(done, 300))");

                double shift =
                        ((Number) page.evaluate("shifts.reduce((sum, s) => sum + parseFloat(s), 0)")).doubleValue();
                System.out.printf("Layout shift of %s: %s %s%n", path, shift, page.evaluate("shifts.join(' | ')"));
                assertThat(shift).isLessThanOrEqualTo(0.01);
            }
        }
    }

    @Test
    void a_reader_without_scripts_finds_the_comments_by_a_link_in_every_edition() {
        try (var context = Browser.open(new NewContextOptions().setJavaScriptEnabled(false))) {
            var page = context.newPage();
            for (var path : List.of("/articles/sourdough", "/de/articles/zollhausuhr", "/ar/articles/furn-alhara")) {
                page.navigate(newspaper() + path);
                page.locator("#comments a").click();

                assertThat(page.url()).startsWith(platform.publicOrigin() + "/embed/");
                assertThat(page.locator("form #email")).isVisible();
                assertThat(page.locator(".comment").first()).isVisible();
            }
        }
    }

    @Test
    void the_colours_that_a_reader_chooses_reach_the_frame_and_stay() {
        try (var context =
                Browser.open(new NewContextOptions().setViewportSize(1280, 900).setColorScheme(ColorScheme.LIGHT))) {
            var page = context.newPage();
            page.navigate(newspaper() + "/articles/sourdough#comments");
            assertThat(comments(page).locator(".comment").first()).isVisible();
            var light = background(page);
            assertThat(page.locator("body")).hasCSS("background-color", "rgb(255, 255, 255)");

            page.locator("#theme").selectOption("dark");

            assertThat(page.locator("parley-comments")).hasAttribute("theme", "dark");
            assertThat(page.locator("body")).hasCSS("background-color", "rgb(21, 23, 26)");
            page.waitForCondition(() -> !background(page).equals(light));
            page.navigate(newspaper() + "/de");
            assertThat(page.locator("body")).hasCSS("background-color", "rgb(21, 23, 26)");
            assertThat(page.locator("#theme")).hasValue("dark");
        }
    }

    @Test
    void a_recent_comment_when_followed_is_shown_in_its_place() {
        try (var context = Browser.open(new NewContextOptions().setViewportSize(1280, 900))) {
            var page = context.newPage();
            page.navigate(newspaper() + "/de");
            waitFor(page, "document.querySelector('parley-recent > ol:only-child')");
            var line = page.locator("parley-recent li", new Page.LocatorOptions().setHasText("Groschen"));

            line.locator("a").click();

            assertThat(page).hasURL(java.util.regex.Pattern.compile("/de/articles/zollhausuhr#comment-[0-9a-f-]{36}$"));
            var comment = comments(page).locator("#c-" + page.url().replaceAll(".*#comment-", ""));
            assertThat(comment).isInViewport();
            assertThat(comment).containsText("Bitte den Groschen zurück");
        }
    }

    @Test
    void the_newspaper_has_no_fault_that_axe_knows() {
        axe("/", ColorScheme.LIGHT);
        axe("/articles/library-roof", ColorScheme.LIGHT);
        axe("/de", ColorScheme.DARK);
        axe("/de/articles/zollhausuhr", ColorScheme.DARK);
        axe("/ar", ColorScheme.LIGHT);
        axe("/ar/articles/furn-alhara", ColorScheme.LIGHT);
        axe("/herald", ColorScheme.DARK);
    }

    private void axe(String path, ColorScheme scheme) {
        try (var context = Browser.open(new NewContextOptions().setViewportSize(1280, 900).setColorScheme(scheme))) {
            var page = context.newPage();
            page.navigate(newspaper() + path);
            waitFor(page, "customElements.get('parley-comments')");

            // The frame's own tests look into the frame.
            Inspection.passes(new AxeBuilder(page).exclude(List.of("parley-comments")), path);
        }
    }

    private static FrameLocator comments(Page page) {
        return page.frameLocator("parley-comments iframe");
    }

    private static String background(Page page) {
        return (String) comments(page).locator("body").evaluate("body => getComputedStyle(body).backgroundColor");
    }

    /** A page's policy lets no text be run, which is what waiting for an expression would do. */
    private static void waitFor(Page page, String expression) {
        page.waitForCondition(() -> (Boolean) page.evaluate("() => !!(" + expression + ")"));
    }

    /** As a reader's wheel does: some steps, each painted. */
    private static void scrollThrough(Page page) {
        page.evaluate(
                """
                async () => {
                  const end = () => document.querySelector("parley-comments").getBoundingClientRect().top;
                  while (end() > 60) {
                    const before = scrollY;
                    scrollBy({ top: 240, behavior: "instant" });
                    await new Promise(done => setTimeout(done, 60));
                    if (scrollY === before) break;
                  }
                }
                """);
    }

    private String newspaper() {
        return platform.publicOrigin().replace("127.0.0.1", "localhost");
    }
}
