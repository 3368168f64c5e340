package dev.parley.testing;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * One real Chromium for all tests: {@code PARLEY_CHROMIUM}, or that of the system. Tests that need it are skipped, and
 * say so, where there is none.
 */
public final class Browser {

    private static final List<String> FLAGS =
            List.of(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    // A page that a test makes up has no address; a real one on this machine may ask this machine.
                    "--disable-features=LocalNetworkAccessChecks",
                    "--hide-scrollbars");

    private Browser() {}

    /** A fresh profile: no cookies, no storage. To be closed. */
    public static BrowserContext open(com.microsoft.playwright.Browser.NewContextOptions options) {
        var executable = executable();
        if (executable.isEmpty()) {
            System.out.println("SKIPPED: no Chromium found. Install one, or name it by PARLEY_CHROMIUM.");
        }
        Assumptions.assumeTrue(executable.isPresent(), "no Chromium");
        return Shared.CHROMIUM.newContext(options.setLocale("en-GB").setTimezoneId("UTC"));
    }

    /** As {@link #open}, with nothing special. */
    public static BrowserContext open() {
        return open(new com.microsoft.playwright.Browser.NewContextOptions());
    }

    private static Optional<Path> executable() {
        var chosen = System.getenv("PARLEY_CHROMIUM");
        return Stream.of(
                        chosen == null ? "" : chosen,
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome",
                        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Started when first asked for; ends with the JVM. */
    private static final class Shared {
        static final Playwright PLAYWRIGHT =
                Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        static final com.microsoft.playwright.Browser CHROMIUM =
                PLAYWRIGHT
                        .chromium()
                        .launch(new LaunchOptions().setExecutablePath(executable().orElseThrow()).setArgs(FLAGS));

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(PLAYWRIGHT::close, "browser-end"));
        }
    }
}
