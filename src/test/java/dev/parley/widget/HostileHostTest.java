package dev.parley.widget;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Locator;
import dev.parley.platform.PlatformConfig;
import dev.parley.testing.Browser;
import dev.parley.testing.DemoResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A script of the publisher's own page, perhaps an advertisement's, against the real frame. */
@QuarkusTest
@WithTestResource(DemoResource.class)
class HostileHostTest {

    /** Runs before the loader: hooks whatever it can, and remembers all that it sees. */
    private static final String SPY =
            """
            <script nonce="test">
              const loot = [];
              const take = (what, value) => { try { loot.push(what + ": " + JSON.stringify(value)); } catch (e) { loot.push(what + ": " + e.name); } };
              const attach = Element.prototype.attachShadow;
              Element.prototype.attachShadow = function () { return (window.shadow = attach.call(this, { mode: "open" })); };
              const fetched = window.fetch;
              window.fetch = async (...call) => { take("call", call); const answer = await fetched(...call); take("answer", await answer.clone().text()); return answer; };
              const source = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "src");
              Object.defineProperty(HTMLIFrameElement.prototype, "src", { ...source, set(value) { take("src", value); source.set.call(this, value); } });
              for (const type of ["message", "keydown", "keyup", "input", "beforeinput", "paste", "change", "submit", "focusin", "storage", "parley-ready", "parley-count"])
                addEventListener(type, e => take(type, { data: e.data, key: e.key, value: e.target?.value, detail: e.detail, ports: e.ports?.length }), true);
              new PerformanceObserver(list => list.getEntries().forEach(entry => take("entry", entry))).observe({ entryTypes: PerformanceObserver.supportedEntryTypes });
            </script>
            """;

    /** Tries every way to what is inside; what a browser refuses is kept as the name of its refusal. */
    private static final String ROB =
            """
            async () => {
              const frame = shadow.querySelector("iframe");
              const inside = frame.contentWindow;
              const ways = {
                document: () => frame.contentDocument?.body.innerHTML ?? null,
                window: () => inside.document.body.innerHTML,
                address: () => inside.location.href,
                search: () => inside.location.search,
                name: () => inside.name,
                kept: () => Object.entries(inside.localStorage),
                drafts: () => Object.entries(inside.sessionStorage),
                cookies: () => inside.document.cookie,
                timings: () => inside.performance.getEntries(),
                history: () => inside.history.state,
                email: () => inside.email?.value ?? null,
                form: () => inside.document.forms[0].elements.email.value,
                opener: () => inside.opener,
                children: () => inside.length,
                printed: () => inside.print.toString(),
                mine: () => [document.cookie, Object.entries(localStorage), Object.entries(sessionStorage), window.name, history.state],
                page: () => document.documentElement.outerHTML + shadow.innerHTML,
                entries: () => performance.getEntries(),
              };
              const answers = {};
              for (const [name, way] of Object.entries(ways)) {
                try { answers[name] = JSON.stringify(way()); } catch (e) { answers[name] = e.name; }
                take(name, answers[name]);
              }
              take("databases", await indexedDB.databases());
              take("caches", await caches.keys().catch(e => e.name));
              return answers;
            }
            """;

    private static final String FORGE =
            """
            () => {
              const inside = shadow.querySelector("iframe").contentWindow;
              const markup = "<img src=x onerror='top.robbed=1'><script>top.robbed=1<\\/script>";
              const messages = [];
              for (const type of ["theme", "accent", "ready", "height", "scroll", "count", "html", "identity", "submit", "draft", "url", "toString", "__proto__"])
                for (const value of [markup, "javascript:top.robbed=1", { toString: () => markup }.toString(), 1e9, -1, null, undefined, [], {}, "dark; background: url(https://x.invalid)", "#12345", "#1234567", "url(x)"])
                  messages.push({ parley: 1, type, value });
              messages.push(markup, null, 1, [], { parley: "1", type: "theme", value: "dark" }, { parley: 1 }, { type: "theme", value: "dark" });
              for (let round = 0; round < 100; round++) for (const message of messages) inside.postMessage(message, "*");
              return messages.length * 100;
            }
            """;

    @Inject PlatformConfig platform;

    @Test
    void a_hostile_script_when_a_reader_writes_sees_neither_words_nor_address_nor_tokens() {
        try (var context = Browser.open(new NewContextOptions().setViewportSize(1000, 900))) {
            var article = "hostile-" + UUID.randomUUID();
            var host =
                    HostPage.in(
                                    context,
                                    platform.publicOrigin(),
                                    SPY,
                                    "<parley-comments site=\"herald\" article=\"%s\"></parley-comments>"
                                            .formatted(article))
                            .open();
            var frame = host.frames(1).getFirst();
            var words = "Nobody but Parley reads this before it is sent. " + UUID.randomUUID();
            var name = "Secretive " + UUID.randomUUID().toString().substring(0, 8);
            var email = "secret-" + UUID.randomUUID() + "@readers.example";

            frame.locator("#comment").fill(words);
            frame.locator("#name").fill(name);
            frame.locator("#email").pressSequentially(email, new Locator.PressSequentiallyOptions().setDelay(50));
            var secrets = new ArrayList<>(List.of(words, name, email));
            secrets.addAll(kept(frame));
            host.page().evaluate(ROB);
            int forged = (Integer) host.page().evaluate(FORGE);
            frame.locator("form button[type=submit]").first().click();
            assertThat(frame.locator(".notice")).containsText("published");
            secrets.addAll(kept(frame));

            @SuppressWarnings("unchecked")
            var answers = (java.util.Map<String, String>) host.page().evaluate(ROB);

            assertThat(forged).isGreaterThan(10_000);
            assertThat(answers)
                    .containsEntry("document", "null")
                    .containsEntry("window", "SecurityError")
                    .containsEntry("address", "SecurityError")
                    .containsEntry("search", "SecurityError")
                    .containsEntry("name", "SecurityError")
                    .containsEntry("kept", "SecurityError")
                    .containsEntry("drafts", "SecurityError")
                    .containsEntry("cookies", "SecurityError")
                    .containsEntry("timings", "SecurityError")
                    .containsEntry("history", "SecurityError")
                    .containsEntry("email", "SecurityError")
                    .containsEntry("form", "SecurityError")
                    .containsEntry("mine", "[\"\",[],[],\"\",null]");
            var loot = (String) host.page().evaluate("loot.join('\\n')");
            assertThat(loot).contains("src: ").contains("/embed/herald/" + article).contains("entry: ");
            assertThat(secrets).hasSizeGreaterThan(3);
            for (var secret : secrets) {
                assertThat(loot.contains(secret)).as("the page's script found " + secret).isFalse();
            }
            assertThat(host.page().evaluate("window.robbed ?? null")).isNull();
            assertThat(frame.locator("img[onerror], script:not([src], [type$=json])")).hasCount(0);
            assertThat(frame.locator(".comment .body")).hasText(words);
        }
    }

    /** Everything that the frame keeps or sends along and that nobody else gave it. */
    @SuppressWarnings("unchecked")
    private static List<String> kept(Frame frame) {
        return (List<String>)
                frame.evaluate(
                        """
                        () => [
                          ...[...document.querySelectorAll("input[type=hidden]")]
                              .filter(field => /ticket|token|key/i.test(field.name)).map(field => field.value),
                          ...[localStorage, sessionStorage].flatMap(store => Object.values(store))
                              .flatMap(value => value.match(/[\\w.~-]{20,}/g) ?? []),
                        ].filter(value => value.length >= 16 && !location.pathname.includes(value))
                        """);
    }
}
