package dev.parley.widget;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.parley.audit.Act;
import dev.parley.identity.NewTenant;
import dev.parley.identity.TenantAdministration;
import dev.parley.platform.PlatformConfig;
import dev.parley.policy.Mode;
import dev.parley.policy.Policies;
import dev.parley.policy.PolicyChange;
import dev.parley.policy.PolicyDocument;
import dev.parley.policy.PolicyScope;
import dev.parley.policy.Threshold;
import dev.parley.tenant.NewSite;
import dev.parley.tenant.TenantContext;
import dev.parley.testing.Attacks;
import dev.parley.testing.Attacks.Row;
import dev.parley.testing.Browser;
import dev.parley.testing.DemoResource;
import dev.parley.testing.ShownHtml;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Hostile words, sent through the plain form of a site that publishes everything, and judged by a real browser: nothing
 * runs, nothing is fetched, nothing is there that a comment may not hold.
 *
 * <p>Fields of the rows are mapped here: {@code author} goes into the name, {@code url} into a link of the comment and
 * the article's title, everything else into the comment; all of them into the article's title too.
 */
@QuarkusTest
@WithTestResource(DemoResource.class)
class HostileInputTest {

    private static final String SITE = "hostile";

    /** Every way for a script to make itself heard, and what the policy stopped. */
    private static final String EARS =
            """
            window.heard = [];
            for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => { window.heard.push(name); };
            document.addEventListener('securitypolicyviolation', e => window.heard.push('policy ' + e.violatedDirective + ' ' + e.blockedURI));
            """;

    /** Elements inside comments, each with its attributes. */
    private static final String SHAPE =
            "bodies => bodies.flatMap(b => [...b.querySelectorAll('*')].map(e => [e.localName, ...e.getAttributeNames()].join(' ')))";

    /** What the page never has, but for its own script, its data, and avatars that we draw. */
    private static final String STRANGE =
            "iframe, img, math, object, embed, style, [onclick], [onload], [onerror], svg:not(.avatar > svg), .avatar > :not(svg),"
                    + " script:not(head > script[src^='/static/bundle/widget-']):not([type='application/json']):not([type='application/ld+json'])";

    @Inject FormTickets tickets;
    @Inject PlatformConfig platform;
    @Inject TenantAdministration administration;
    @Inject Policies policies;
    @Inject TenantContext context;

    private final List<String> fetched = new ArrayList<>();

    @BeforeEach
    void siteThatPublishesEverything() {
        if (given().get("/api/v1/sites/{s}/counts?article=a", SITE).statusCode() == 200) {
            return;
        }
        context.run(
                SITE,
                () -> {
                    administration.create(
                            new NewTenant(SITE, "Hostile", UUID.randomUUID().toString(), "Nobody"), Act.By.SYSTEM);
                    administration.createSite(
                            new NewSite(SITE, "Hostile", "en", List.of(platform.publicOrigin())), Act.By.SYSTEM);
                    var never = new Threshold(1.0, null);
                    var open =
                            new PolicyDocument(
                                    Mode.PUBLISH_FIRST,
                                    null,
                                    Map.of("toxicity", never, "spam", never),
                                    100,
                                    null,
                                    null,
                                    false,
                                    null,
                                    null,
                                    null);
                    policies.change(
                            new PolicyChange(PolicyScope.TENANT, "", 0, "For hostile input", open), Act.By.SYSTEM);
                });
    }

    @Test
    void hostile_words_when_sent_and_shown_run_nothing_and_fetch_nothing() {
        var article = "xss-" + UUID.randomUUID();
        var rows = Attacks.rows("a-xss.jsonl");
        int published = 0;
        for (var row : rows) {
            int status = send(article, row);
            assertThat(status).as(row.id()).isIn(201, 400);
            published += status == 201 ? 1 : 0;
        }
        int shown = 0;
        try (var browser = Browser.open()) {
            var page = listeningPage(browser);
            String next = platform.publicOrigin() + "/embed/" + SITE + "/" + article;
            while (next != null) {
                page.navigate(next);
                assertEnhanced(page);
                shown += page.locator(".comment").count();
                assertSilent(page);
                assertAllowed(page);
                var more = page.locator(".more a");
                next = more.count() == 0 ? null : platform.publicOrigin() + more.getAttribute("href");
            }
            page.navigate(platform.publicOrigin() + "/embed/" + SITE + "/" + article);
            readOnByScript(page);
            assertSilent(page);
            assertAllowed(page);
            assertThat(page.locator(".comment").count()).isEqualTo(shown);
        }
        System.out.printf(
                "Hostile input: %d rows sent, %d taken, %d shown in the frame%n", rows.size(), published, shown);
        assertThat(shown).isGreaterThan(rows.size() * 3 / 4);
    }

    /** Takes every further page over into the first, names into headings, and one comment into a form. */
    private static void readOnByScript(Page page) {
        for (int before = -1; page.locator(".more a").count() > 0; ) {
            int now = page.locator(".comments > li").count();
            assertThat(now).isGreaterThan(before);
            before = now;
            page.locator(".more a").click();
            page.waitForCondition(() -> page.locator(".comments > li").count() > now);
        }
        for (var reply : page.locator("[data-reply]").all().subList(0, 40)) {
            reply.evaluate("link => link.click()");
        }
        page.locator("[data-flag]").first().click();
        page.locator("section.flag").waitFor();
    }

    private static void assertEnhanced(Page page) {
        page.waitForCondition(() -> page.locator("#remember:not([hidden])").count() == 1);
    }

    /** Without the page's policy, so that it is not the policy alone that holds. */
    @Test
    void hostile_words_when_put_into_an_open_page_as_html_run_nothing() {
        var article = "open-" + UUID.randomUUID();
        var rows = Attacks.rows("a-xss.jsonl");
        rows.forEach(row -> send(article, row));
        try (var browser = Browser.open()) {
            var page = listeningPage(browser);
            page.setContent("<main></main>");
            int shown = 0;
            for (var cursor = ""; cursor != null; ) {
                var answer =
                        given().queryParams(cursor.isEmpty() ? Map.of() : Map.of("cursor", cursor))
                                .queryParam("limit", 100)
                                .get("/api/v1/sites/{s}/articles/{a}/comments", SITE, article)
                                .then()
                                .statusCode(200)
                                .extract()
                                .jsonPath();
                for (var html : answer.getList("items.html", String.class)) {
                    ShownHtml.assertHarmless(html);
                    page.evaluate(
                            "html => { const b = document.createElement('div'); b.className = 'body'; b.innerHTML = html; document.querySelector('main').append(b); }",
                            html);
                    shown++;
                }
                cursor = answer.getString("cursor");
            }
            assertSilent(page);
            assertAllowed(page);
            assertThat(shown).isGreaterThan(rows.size() * 3 / 4);
        }
    }

    @Test
    void a_live_attack_when_put_raw_into_an_open_page_is_heard() {
        try (var browser = Browser.open()) {
            var page = listeningPage(browser);
            page.setContent("<main></main>");
            page.evaluate(
                    "document.querySelector('main').innerHTML = '<img src=x onerror=alert(1)><img src=https://x.invalid/p>'");

            page.waitForCondition(() -> ((List<?>) page.evaluate("window.heard")).contains("alert"));
            page.waitForCondition(() -> fetched.contains("https://x.invalid/p"));
        }
    }

    private Page listeningPage(BrowserContext browser) {
        browser.addInitScript(EARS);
        browser.route(
                "**/*",
                route -> {
                    if (route.request().url().startsWith(platform.publicOrigin() + "/")) {
                        route.resume();
                    } else {
                        fetched.add(route.request().url());
                        route.abort();
                    }
                });
        return browser.newPage();
    }

    private void assertSilent(Page page) {
        assertThat((List<?>) page.evaluate("window.heard")).isEmpty();
        assertThat(fetched).isEmpty();
    }

    private static void assertAllowed(Page page) {
        for (var element : (List<?>) page.locator(".body").evaluateAll(SHAPE)) {
            var words = List.of(element.toString().split(" "));
            assertThat(ShownHtml.ALLOWED).containsKey(words.getFirst());
            assertThat(ShownHtml.ALLOWED.get(words.getFirst())).containsAll(words.subList(1, words.size()));
        }
        assertThat(page.locator(STRANGE).count()).isZero();
    }

    private int send(String article, Row row) {
        var words = "Row " + row.id() + "\n\n";
        Map<String, String> fields = new HashMap<>();
        fields.put("name", row.field().equals("author") ? row.payload() : "Row");
        fields.put("email", "rows@readers.example");
        fields.put(
                "comment",
                words
                        + switch (row.field()) {
                            case "author" -> "by name";
                            case "url" ->
                                    row.payload() + " and [x](" + row.payload() + ") and [x](<" + row.payload() + ">)";
                            default -> row.payload();
                        });
        fields.put("url", platform.publicOrigin() + "/" + article);
        fields.put("title", row.payload());
        fields.put("ticket", tickets.issue(SITE, article, Instant.now().minusSeconds(60)));
        var utf8 =
                RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig().defaultContentCharset(StandardCharsets.UTF_8));
        return given().config(utf8)
                .contentType("application/x-www-form-urlencoded")
                .formParams(fields)
                .post("/embed/{s}/{a}", SITE, article)
                .statusCode();
    }
}
