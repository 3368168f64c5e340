package dev.parley.widget;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A publisher's page with the real loader on an origin of the demonstration sites, and what it asked Parley for. Its
 * frames are Parley's, or small ones that say and hear what a test wants.
 */
final class HostPage {

    /** Says {@code ready}; {@code say(type, value)} says more, {@code heard} is what it was told. */
    private static final String SMALL_FRAME =
            """
            <!DOCTYPE html><title>A frame</title><p>small frame</p>
            <script>
              const host = new URLSearchParams(location.search).get("host");
              const heard = [];
              addEventListener("message", ({ origin, data }) => heard.push(JSON.stringify({ origin, ...data })));
              const say = (type, value) => parent.postMessage({ parley: 1, type, value }, host);
              say("ready");
            </script>
            """;

    private final String parley;
    private final Page page;
    private final List<String> asked = new ArrayList<>();

    private HostPage(String parley, Page page) {
        this.parley = parley;
        this.page = page;
    }

    /** A page of its own in a context; it stands at {@code http://localhost:…/host/page}. */
    static HostPage in(BrowserContext context, String parley, String head, String body) {
        var host = new HostPage(parley, context.newPage());
        host.page.onRequest(request -> {
            if (request.url().startsWith(parley)) {
                host.asked.add(request.url().substring(parley.length()));
            }
        });
        var html =
                "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Bridge &amp; ferry</title>"
                        + head
                        + "<script async src=\"%s/embed.js\"></script></head><body>%s</body></html>"
                                .formatted(parley, body);
        host.page.route(
                host.origin() + "/host/**",
                route ->
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setContentType("text/html")
                                        // As a careful publisher would have it, but for what the tests run themselves.
                                        .setHeaders(
                                                Map.of(
                                                        "Content-Security-Policy",
                                                        "default-src 'none'; style-src 'nonce-test'; require-trusted-types-for 'script';"
                                                                + " script-src 'nonce-test' %1$s; connect-src %1$s; frame-src %1$s http://stranger.invalid"
                                                                        .formatted(parley)))
                                        .setBody(html)));
        return host;
    }

    /** Frames of the test instead of Parley's. */
    HostPage withSmallFrames() {
        page.route(
                parley + "/embed/**",
                route -> route.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody(SMALL_FRAME)));
        return this;
    }

    /** An answer of the readers' API. */
    HostPage answering(String path, String json) {
        page.route(
                parley + "/api/v1/sites/" + path,
                route ->
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setContentType("application/json")
                                        .setHeaders(Map.of("Access-Control-Allow-Origin", origin()))
                                        .setBody(json)));
        return this;
    }

    HostPage open(String hash) {
        page.navigate(origin() + "/host/page" + hash);
        return this;
    }

    HostPage open() {
        return open("");
    }

    Page page() {
        return page;
    }

    String origin() {
        return parley.replace("127.0.0.1", "localhost");
    }

    /** The frames of Parley that are there now, in no order. */
    List<Frame> frames() {
        return page.mainFrame().childFrames().stream().filter(frame -> frame.url().startsWith(parley)).toList();
    }

    /** Waits for that many frames, which have been heard. */
    List<Frame> frames(int number) {
        page.waitForCondition(() -> frames().size() == number);
        var frames = frames();
        frames.forEach(frame -> frame.waitForLoadState());
        return frames;
    }

    /** Waits for the frame with that in its address. */
    Frame frame(String part) {
        Predicate<Frame> meant = frame -> frame.url().contains(part);
        page.waitForCondition(() -> page.frames().stream().anyMatch(meant));
        var frame = page.frames().stream().filter(meant).findFirst().orElseThrow();
        frame.waitForLoadState();
        return frame;
    }

    /** What Parley was asked for since the page was opened, by the beginning of its path. */
    List<String> asked(String prefix) {
        return List.copyOf(asked).stream().filter(path -> path.startsWith(prefix)).toList();
    }

    static Map<String, String> query(Frame frame) {
        Map<String, String> query = new TreeMap<>();
        for (var pair : URI.create(frame.url()).getRawQuery().split("&")) {
            var parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    /** Waits until something about the page is so; the expression is JavaScript. */
    void waitFor(String expression) {
        page.waitForCondition(() -> (Boolean) page.evaluate("() => !!(" + expression + ")"));
    }
}
