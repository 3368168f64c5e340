package dev.parley.standalone.newspaper;

import com.microsoft.playwright.Browser.NewContextOptions;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The pictures of the publisher's guide, taken anew on demand: {@code mvn test -Dtest=NewspaperScreenshotsTest
 * -Dparley.screenshots=docs/images}.
 */
@QuarkusTest
@WithTestResource(DemoResource.class)
@EnabledIfSystemProperty(named = "parley.screenshots", matches = ".+", disabledReason = "only on demand")
class NewspaperScreenshotsTest {

    private static final int DESKTOP = 1280;
    private static final int PHONE = 390;

    @Inject PlatformConfig platform;

    @Test
    void articles_with_their_comments() {
        comments("widget-article-en", "/articles/library-roof", DESKTOP, 1500, ColorScheme.LIGHT, -260);
        comments("widget-article-de-dark", "/de/articles/zollhausuhr", DESKTOP, 1500, ColorScheme.DARK, -260);
        comments("widget-article-ar", "/ar/articles/furn-alhara", DESKTOP, 1500, ColorScheme.LIGHT, -260);
        comments("widget-phone-en", "/articles/library-roof", PHONE, 844, ColorScheme.LIGHT, 800);
        comments("widget-phone-de-dark", "/de/articles/zollhausuhr", PHONE, 844, ColorScheme.DARK, -20);
        comments("widget-phone-ar", "/ar/articles/furn-alhara", PHONE, 844, ColorScheme.LIGHT, -20);
        comments("widget-accent", "/herald", DESKTOP, 1500, ColorScheme.LIGHT, -260);
    }

    @Test
    void front_pages() {
        front("widget-front-en", "/", DESKTOP, 1600, ColorScheme.LIGHT);
        front("widget-front-de-dark", "/de", DESKTOP, 1300, ColorScheme.DARK);
        front("widget-front-ar", "/ar", DESKTOP, 1300, ColorScheme.LIGHT);
    }

    private void front(String name, String path, int width, int height, ColorScheme scheme) {
        shoot(name, path, width, height, scheme, page -> {});
    }

    /**
     * @param from the picture's upper edge, in pixels from the beginning of the comments
     */
    private void comments(String name, String path, int width, int height, ColorScheme scheme, int from) {
        shoot(
                name,
                path,
                width,
                height,
                scheme,
                page -> {
                    page.evaluate("document.querySelector('#comments').scrollIntoView({block: 'start'})");
                    var frame = page.frameLocator("parley-comments iframe");
                    frame.locator(".comment").first().waitFor();
                    page.evaluate("scrollBy(0, " + from + ")");
                    page.evaluate("new Promise(done => setTimeout(done, 400))");
                });
    }

    private interface Steps {
        void take(Page page);
    }

    private void shoot(String name, String path, int width, int height, ColorScheme scheme, Steps steps) {
        var options =
                new NewContextOptions()
                        .setViewportSize(width, height)
                        .setColorScheme(scheme)
                        .setReducedMotion(ReducedMotion.REDUCE);
        try (var context = Browser.open(options)) {
            var page = context.newPage();
            page.navigate(platform.publicOrigin().replace("127.0.0.1", "localhost") + path);
            page.waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
            steps.take(page);
            page.screenshot(
                    new Page.ScreenshotOptions()
                            .setPath(Path.of(System.getProperty("parley.screenshots"), name + ".png")));
        }
    }
}
