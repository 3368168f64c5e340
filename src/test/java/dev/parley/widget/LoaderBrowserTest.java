package dev.parley.widget;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Route;
import dev.parley.platform.PlatformConfig;
import dev.parley.testing.Browser;
import dev.parley.testing.DemoResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loader's elements on a publisher's page, in a real browser, under a strict policy of that page. */
@QuarkusTest
@WithTestResource(DemoResource.class)
class LoaderBrowserTest {

    private static final String COMMENTS = "<parley-comments site=\"gazette\" article=\"%s\"></parley-comments>";
    private static final String FAR_DOWN =
            "<style nonce=\"test\">.far { height: 4000px } parley-comments { display: block }</style><div class=\"far\"></div>";

    @Inject PlatformConfig platform;

    private BrowserContext context;

    @BeforeEach
    void open() {
        context = Browser.open(new NewContextOptions().setViewportSize(1000, 800));
        context.setDefaultTimeout(10_000);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void comments_far_below_are_framed_when_the_reader_comes_near() {
        var host = host(FAR_DOWN + COMMENTS.formatted("sourdough")).withSmallFrames().open();
        host.waitFor("document.querySelector('parley-comments').shadowRoot");
        assertThat((Integer) host.page().evaluate("document.querySelector('parley-comments').offsetHeight"))
                .isEqualTo(640);
        host.page().evaluate("scrollTo(0, 1500)");
        // Two frames painted: an observer would have been called by then.
        host.page().evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        assertThat(host.frames()).isEmpty();

        host.page().evaluate("scrollTo(0, 2600)");

        assertThat(host.frames(1).getFirst().url()).contains("/embed/gazette/sourdough?");
    }

    @Test
    void the_frame_is_told_the_article_and_the_wishes_of_the_page_and_nothing_else() {
        var host =
                host(
                                "<link rel=\"canonical\" href=\"https://gazette.example/bridge\">",
                                "<div lang=\"de-AT\"><parley-comments site=\"gazette\" article=\"sourdough\" metadata=\"abc.def\""
                                        + " theme=\"dark\" accent=\"#1C5A3C\" sort=\"top\"></parley-comments></div>"
                                        + "<parley-comments site=\"gazette\" article=\"night-bus\" title=\"Own &lt;title&gt;\" lang=\"fr\""
                                        + " url=\"https://gazette.example/bus\" theme=\"pink\" accent=\"red\" sort=\"worst\"></parley-comments>")
                        .withSmallFrames()
                        .open("?campaign=1");

        var frames = host.frames(2);

        assertThat(frames).hasSize(2);
        assertThat(HostPage.query(host.frame("/sourdough?")))
                .containsEntry("host", host.origin())
                .containsEntry("url", "https://gazette.example/bridge")
                .containsEntry("title", "Bridge & ferry")
                .containsEntry("meta", "abc.def")
                .containsEntry("lang", "de")
                .containsEntry("theme", "dark")
                .containsEntry("accent", "1c5a3c")
                .containsEntry("sort", "top")
                .hasSize(8);
        assertThat(HostPage.query(host.frame("/night-bus?")))
                .containsEntry("host", host.origin())
                .containsEntry("url", "https://gazette.example/bus")
                .containsEntry("title", "Own <title>")
                .containsEntry("theme", "auto")
                .hasSize(4);
        assertThat(attributes(host, 0))
                .isEqualTo("title=Kommentare, referrerpolicy=strict-origin, src=…, style=color-scheme: dark;");
    }

    @Test
    void an_article_key_of_any_letters_when_framed_is_encoded() {
        var keys = List.of("Brücke/1?a=b#c", "..", "plain.key_~-1", "<script>");
        var host =
                host(keys.stream()
                                .map(key -> COMMENTS.formatted(key.replace("<", "&lt;")))
                                .collect(
                                        Collectors.joining(
                                                "<style nonce=\"test\">parley-comments{min-height:9px}</style>")))
                        .withSmallFrames()
                        .open();

        var paths =
                host.frames(4).stream().map(frame -> frame.url().replaceAll(".*/embed/gazette/|\\?.*", "")).toList();

        assertThat(paths)
                .containsExactlyInAnyOrder(encoded(keys.get(0)), encoded(".."), "plain.key_~-1", encoded("<script>"));
    }

    @Test
    void elements_when_added_changed_moved_and_removed_keep_one_frame_each() {
        var host = host("<main></main>").withSmallFrames().open();
        host.page()
                .evaluate(
                        "document.querySelector('main').append(Object.assign(document.createElement('parley-comments'), {id: 'late'}));"
                                + " late.setAttribute('site', 'gazette'); late.setAttribute('article', 'one')");
        host.waitFor("customElements.get('parley-comments')");
        assertThat(host.frames(1).getFirst().url()).contains("/embed/gazette/one?");

        host.page()
                .evaluate("late.setAttribute('title', 'Two'); late.setAttribute('article', 'two'); late.lang = 'ar'");
        assertThat(HostPage.query(host.frame("/two?"))).containsEntry("title", "Two").containsEntry("lang", "ar");
        host.frames(1);
        assertThat(host.asked("/embed/gazette/two")).hasSize(1);

        host.page().evaluate("document.body.append(late)");
        host.page().waitForCondition(() -> host.asked("/embed/gazette/two").size() == 2);
        host.frames(1);

        var old = host.frames().getFirst();
        host.page().evaluate("heard = 0; late.addEventListener('parley-count', () => heard++); late.remove()");
        host.frames(0);
        host.page().evaluate("postMessage({parley: 1, type: 'count', value: 3}, '*')");
        assertThat(old.isDetached()).isTrue();
        assertThat(host.page().evaluate("heard")).isEqualTo(0);
    }

    @Test
    void the_loader_when_included_twice_defines_its_elements_once_and_leaves_no_name_behind() {
        var host =
                host(
                                "<script nonce=\"test\">addEventListener('error', e => (window.failed = e.message));"
                                        + " before = new Set(Object.getOwnPropertyNames(window))</script>",
                                COMMENTS.formatted("sourdough")
                                        + "<script async src=\"%s/embed.js\"></script>"
                                                .formatted(platform.publicOrigin())
                                        + COMMENTS.formatted("night-bus"))
                        .withSmallFrames()
                        .open();

        host.frames(2);

        assertThat(host.page().evaluate("window.failed ?? null")).isNull();
        assertThat(host.page().evaluate("Object.getOwnPropertyNames(window).filter(name => !before.has(name)).join()"))
                .isIn("", "before");
    }

    @Test
    void a_permalink_opens_the_frame_at_its_comment_wherever_it_stands() {
        var comment = UUID.randomUUID().toString();
        var other = UUID.randomUUID().toString();
        var host = host(FAR_DOWN + COMMENTS.formatted("sourdough")).withSmallFrames().open("#comment-" + comment);

        assertThat(HostPage.query(host.frame("comment="))).containsEntry("comment", comment);
        assertThat(
                        (Integer)
                                host.page()
                                        .evaluate(
                                                "Math.round(document.querySelector('parley-comments').getBoundingClientRect().top)"))
                .isLessThan(800);

        host.page().evaluate("location.hash = '#comment-" + other + "'");
        host.frame("comment=" + other);
        host.frames(1);

        host.page().evaluate("location.hash = '#comment-\"><script>'");
        host.page().evaluate("location.hash = '#elsewhere'");
        host.page().evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        assertThat(host.asked("/embed/")).hasSize(2);
    }

    @Test
    void the_hash_of_the_comments_frames_them_at_once() {
        var host = host(FAR_DOWN + COMMENTS.formatted("sourdough")).withSmallFrames().open("#comments");

        assertThat(HostPage.query(host.frames(1).getFirst())).doesNotContainKey("comment");
    }

    @Test
    void what_the_frame_says_is_done_and_passed_on() {
        var host =
                host(
                                "<script nonce=\"test\">said = []; for (const name of ['parley-ready', 'parley-count'])"
                                        + " addEventListener(name, e => said.push(name + ' ' + e.detail + ' ' + e.target.localName))</script>",
                                COMMENTS.formatted("sourdough")
                                        + "<parley-count site=\"gazette\" article=\"sourdough\"></parley-count>"
                                        + "<style nonce=\"test\">div { height: 3000px }</style><div></div>")
                        .withSmallFrames()
                        .open();
        var frame = host.frames(1).getFirst();
        host.waitFor("said.includes('parley-ready null parley-comments')");

        frame.evaluate("say('height', 1234)");
        host.waitFor("document.querySelector('parley-comments').offsetHeight === 1234");
        frame.evaluate("say('count', 12)");
        host.waitFor("document.querySelector('parley-count').textContent === '12 comments'");
        frame.evaluate("say('scroll', 1200)");
        host.waitFor("scrollY > 800 && scrollY < 1300");
        frame.evaluate("say('height', 300)");
        host.waitFor("document.querySelector('parley-comments').offsetHeight === 300");
        frame.evaluate("say('height', 2000000000)");
        host.waitFor("document.querySelector('parley-comments').offsetHeight === 100000");

        assertThat(host.page().evaluate("said.join()"))
                .isEqualTo("parley-ready null parley-comments,parley-count 12 parley-comments");
    }

    @Test
    void what_anybody_else_says_or_what_is_not_in_the_schema_does_nothing() {
        var host =
                host(
                                "<script nonce=\"test\">said = 0; addEventListener('parley-count', () => said++)</script>",
                                COMMENTS.formatted("sourdough")
                                        + "<iframe id=\"stranger\" src=\"http://stranger.invalid/\"></iframe>"
                                        + "<iframe id=\"second\" src=\"%s/embed/other?host=x\"></iframe>"
                                                .formatted(platform.publicOrigin()))
                        .withSmallFrames();
        host.page()
                .route(
                        "http://stranger.invalid/**",
                        route ->
                                route.fulfill(
                                        new Route.FulfillOptions()
                                                .setContentType("text/html")
                                                .setBody("<p>stranger</p>")));
        host.open();
        host.waitFor("document.querySelector('parley-comments').shadowRoot?.querySelector('iframe')");
        var mine = host.frame("/embed/gazette/sourdough");
        host.waitFor("document.querySelector('parley-comments').offsetHeight === 640");
        var forged =
                "top.postMessage({parley: 1, type: 'height', value: 5000}, '*'); top.postMessage({parley: 1, type: 'count', value: 7}, '*')";

        host.frame("stranger.invalid").evaluate(forged);
        host.frame("/embed/other").evaluate(forged);
        host.page().evaluate(forged);
        host.page()
                .evaluate(
                        """
                        origin => {
                          const source = document.querySelector("parley-comments").shadowRoot.querySelector("iframe").contentWindow;
                          for (const type of ["height", "count"])
                            dispatchEvent(new MessageEvent("message", { data: { parley: 1, type, value: 5000 }, origin, source }));
                        }
                        """,
                        platform.publicOrigin());
        mine.evaluate(
                """
                for (const data of [null, 7, "text", '{"parley":1,"type":"height","value":5000}', [], { type: "height", value: 5000 },
                    { parley: 2, type: "height", value: 5000 }, { parley: 1, type: "height", value: "5000" },
                    { parley: 1, type: "height", value: 5000.5 }, { parley: 1, type: "height", value: NaN },
                    { parley: 1, type: "height", value: Infinity }, { parley: 1, type: "height", value: { valueOf: 5000 } },
                    { parley: 1, type: "HEIGHT", value: 5000 }, { parley: 1, type: "markup", value: "<b>" },
                    { parley: 1, type: "count", value: "<b>" }, { parley: 1, type: "count" }, new Map([["parley", 1]])])
                  parent.postMessage(data, host);
                say("height", 701);
                """);

        // Messages keep their order: the good one comes last.
        host.waitFor("document.querySelector('parley-comments').offsetHeight === 701");
        assertThat(host.page().evaluate("said")).isEqualTo(0);
    }

    @Test
    void the_wishes_of_the_page_when_changed_are_told_to_the_frame_and_to_nobody_else() {
        var host =
                host(
                                "<script nonce=\"test\">addEventListener('parley-ready', () => (window.ready = true))</script>",
                                COMMENTS.formatted("sourdough"))
                        .withSmallFrames()
                        .open();
        var frame = host.frames(1).getFirst();
        host.waitFor("window.ready");

        host.page()
                .evaluate(
                        "const e = document.querySelector('parley-comments'); e.setAttribute('theme', 'dark');"
                                + " e.setAttribute('accent', 'AA00FF'); e.setAttribute('theme', '<img src=x onerror=alert(1)>')");

        frame.waitForFunction("heard.length === 3");
        var from = "{\"origin\":\"" + host.origin() + "\",\"parley\":1,";
        assertThat(frame.evaluate("heard.join('\\n')"))
                .isEqualTo(
                        String.join(
                                "\n",
                                from + "\"type\":\"theme\",\"value\":\"dark\"}",
                                from + "\"type\":\"accent\",\"value\":\"#aa00ff\"}",
                                from + "\"type\":\"theme\",\"value\":\"auto\"}"));
        assertThat(host.asked("/embed/gazette")).hasSize(1);

        host.page().evaluate("document.querySelector('parley-comments').setAttribute('sort', 'oldest')");
        assertThat(HostPage.query(host.frame("sort=oldest"))).containsEntry("accent", "aa00ff");
        host.frames(1);
    }

    @Test
    void a_page_with_tampered_prototypes_or_names_gets_its_comments_all_the_same() {
        var host =
                host(
                                """
                                <script nonce="test">
                                  Object.prototype.value = 5; Object.prototype.parley = 2; Object.prototype.limit = "x";
                                  Array.prototype.toJSON = () => "no"; Array.prototype.odd = 1; String.prototype.strip = 1;
                                </script>
                                """,
                                "<img name=\"currentScript\" src=\"http://stranger.invalid/x\"><form name=\"location\"></form>"
                                        + COMMENTS.formatted("sourdough")
                                        + "<script async src=\"%s/embed.js\"></script>"
                                                .formatted(platform.publicOrigin()))
                        .withSmallFrames()
                        .open();

        var frame = host.frames(1).getFirst();
        frame.evaluate("say('height', 901)");

        host.waitFor("document.querySelector('parley-comments').offsetHeight === 901");
        assertThat(
                        host.page()
                                .evaluate(
                                        "performance.getEntriesByType('resource').filter(e => e.name.includes('stranger') && e.initiatorType !== 'img').length"))
                .isEqualTo(0);
    }

    @Test
    void counts_are_asked_for_together_and_said_in_the_language_of_their_place() {
        var host =
                host(IntStream.of(0, 1, 2, 3, 11, 100, 1234)
                                        .mapToObj(
                                                "<parley-count site=\"gazette\" article=\"a%d\"></parley-count>"
                                                        ::formatted)
                                        .collect(Collectors.joining())
                                + "<p lang=\"de\"><parley-count site=\"gazette\" article=\"a1\"></parley-count> <parley-count site=\"gazette\" article=\"a1234\"></parley-count></p>"
                                + "<p lang=\"ar\">"
                                + IntStream.of(0, 1, 2, 3, 11, 100)
                                        .mapToObj(
                                                "<parley-count site=\"gazette\" article=\"a%d\"></parley-count>"
                                                        ::formatted)
                                        .collect(Collectors.joining("|"))
                                + "</p><parley-count site=\"gazette\" article=\"unknown\">as it was</parley-count>")
                        .answering(
                                "gazette/counts?**",
                                "{\"counts\":{\"a0\":0,\"a1\":1,\"a2\":2,\"a3\":3,\"a11\":11,\"a100\":100,\"a1234\":1234,\"unknown\":\"<b>\"}}")
                        .open();

        host.waitFor("document.querySelector('parley-count').textContent");

        assertThat(
                        host.page()
                                .evaluate(
                                        "[...document.querySelectorAll('body > parley-count')].map(e => e.textContent).join()"))
                .isEqualTo(
                        "No comments,1 comment,2 comments,3 comments,11 comments,100 comments,1,234 comments,as it was");
        assertThat(host.page().evaluate("document.querySelector('[lang=de]').textContent"))
                .isEqualTo("1 Kommentar 1.234 Kommentare");
        assertThat((String) host.page().evaluate("document.querySelector('[lang=ar]').textContent"))
                .matches("لا تعليقات\\|تعليق واحد\\|تعليقان\\|(3|٣) تعليقات\\|(11|١١) تعليقًا\\|(100|١٠٠) تعليق");
        assertThat(host.asked("/api/v1/sites/gazette/counts"))
                .containsExactly(
                        "/api/v1/sites/gazette/counts?article=a0&article=a1&article=a2&article=a3&article=a11&article=a100&article=a1234&article=unknown");
    }

    @Test
    void counts_of_many_articles_and_sites_take_a_call_for_each_hundred_of_a_site() {
        var elements =
                IntStream.range(0, 130)
                        .mapToObj("<parley-count site=\"gazette\" article=\"n%d\"></parley-count>"::formatted)
                        .collect(Collectors.joining());
        var host = host(elements + "<parley-count site=\"gazette-de\" article=\"zollhausuhr\"></parley-count>").open();

        host.waitFor("[...document.querySelectorAll('parley-count')].every(e => e.textContent)");

        assertThat(host.asked("/api/v1/sites/gazette/counts"))
                .extracting(path -> path.split("article=", -1).length - 1)
                .containsExactlyInAnyOrder(100, 30);
        assertThat(host.page().evaluate("document.querySelector('[site=gazette-de]').textContent"))
                .isEqualTo("3 comments");
    }

    @Test
    void recent_comments_are_shown_as_text_and_link_to_their_place() {
        var id = UUID.randomUUID();
        var long_ = "A very long sentence that goes on and on, ".repeat(5);
        var host =
                host("<parley-recent site=\"gazette\" limit=\"3\">before</parley-recent>")
                        .answering(
                                "gazette/comments/recent?**",
                                """
                                {"items": [
                                  {"article": {"key": "a", "title": "<b>Bridge</b>", "url": "https://gazette.example/a#x"},
                                   "comment": {"id": "%s", "author": {"name": "<img src=x onerror=alert(1)>"}, "body": "> said before\\n\\n*Hi* <script>alert(1)</script>\\n\\n%s"}},
                                  {"article": {"key": "b", "title": "Bad", "url": "javascript:alert(1)"},
                                   "comment": {"id": "%s", "author": {"name": "Eve"}, "body": "click"}},
                                  {"article": {"key": "c", "title": "Gone", "url": "https://gazette.example/c"},
                                   "comment": {"id": "%s", "author": null, "body": null}}
                                ]}
                                """
                                        .formatted(id, long_, id, id))
                        .open();

        host.waitFor("document.querySelector('parley-recent li')");

        assertThat(host.asked("/api/v1/sites/gazette/comments/recent"))
                .containsExactly("/api/v1/sites/gazette/comments/recent?limit=3");
        assertThat(host.page().locator("parley-recent li").allInnerTexts())
                .singleElement()
                .asString()
                .startsWith("Hi <script>alert(1)</script> A very long sentence")
                .contains("\u00a0…")
                .endsWith("<img src=x onerror=alert(1)> on <b>Bridge</b>");
        assertThat(host.page().locator("parley-recent a").getAttribute("href"))
                .isEqualTo("https://gazette.example/a#comment-" + id);
        assertThat(host.page().evaluate("document.querySelectorAll('parley-recent :is(img, script)').length"))
                .isEqualTo(0);
    }

    @Test
    void what_a_page_put_inside_stays_when_parley_does_not_answer() {
        var host =
                host(
                        "<parley-recent site=\"nobody\">no list yet</parley-recent><parley-count site=\"nobody\" article=\"a\">Comments</parley-count>");
        host.open();
        host.page().waitForCondition(() -> host.asked("/api/").size() == 2);
        host.waitFor("customElements.get('parley-recent')");
        host.page().waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);

        assertThat(host.page().locator("body").innerText()).contains("no list yet").contains("Comments");
    }

    private HostPage host(String body) {
        return host("", body);
    }

    private HostPage host(String head, String body) {
        return HostPage.in(context, platform.publicOrigin(), head, body);
    }

    private static String encoded(String key) {
        return "~" + Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static Object attributes(HostPage host, int index) {
        return host.page()
                .evaluate(
                        "i => [...document.querySelectorAll('parley-comments')[i].shadowRoot.querySelector('iframe').attributes]"
                                + ".map(a => a.name + '=' + (a.name === 'src' ? '…' : a.value)).join(', ')",
                        index);
    }
}
