package dev.parley.widget;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.PlatformConfig;
import dev.parley.testing.DemoResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The framed page over HTTP, as a browser without scripts sees it. */
@QuarkusTest
@WithTestResource(DemoResource.class)
class FrameTest {

    private static final String ADDRESS = "qzcanary.frame@mail.example";

    private static final AtomicInteger COUNT = new AtomicInteger();

    @Inject FormTickets tickets;
    @Inject PlatformConfig platform;

    /** A site whose unknown articles publish first: no category of it is premoderated. */
    private static final String SITE = "herald";

    private String site;
    private String article;
    private String url;

    /** Different for each test: the same words over and over are held. */
    private String calm;

    private String insult;

    @BeforeEach
    void unknownArticle() {
        var number = COUNT.incrementAndGet();
        calm = "Thank you for this careful report about pier " + number + " of our harbour.";
        insult = "You are a stupid idiot and a pathetic liar, number " + number;
        site = SITE;
        article = "frame-" + UUID.randomUUID();
        url = platform.publicOrigin() + "/articles/" + article;
    }

    @Test
    void an_article_without_comments_shows_the_form_and_says_so() {
        var page = show("gazette", "harbour-bridge", 200);

        assertThat(page.select("h2").first().text()).isEqualTo("Leave a Reply");
        assertThat(page.select(".none").text()).isEqualTo("No comments to show.");
        assertThat(page.select("style, [style], img, iframe")).isEmpty();
        assertThat(page.select("script:not([src], [type=application/json], [type=application/ld+json])")).isEmpty();
    }

    @Test
    void every_answer_carries_the_headers_of_a_frame() {
        var origins = "http://localhost:%1$s http://127.0.0.1:%1$s".formatted(platform.publicOrigin().split(":")[2]);

        assertFramedBy(origins, given().get("/embed/gazette/harbour-bridge"), 200);
        assertFramedBy(origins, given().get("/embed/gazette/{a}", "not a key"), 400);
        assertFramedBy(origins, given().get("/embed/gazette/harbour-bridge?cursor=forged"), 400);
        assertFramedBy(origins, given().get("/embed/gazette/harbour-bridge?sort=loudest"), 400);
        assertFramedBy(origins, given().get("/embed/gazette/harbour-bridge?reply=x"), 404);
        assertFramedBy(origins, given().delete("/embed/gazette/harbour-bridge"), 405);
        assertFramedBy(origins, given().contentType("text/plain").body("x").post("/embed/gazette/harbour-bridge"), 415);
        assertFramedBy(origins, post(calm, Map.of("name", "")), 400);
        assertFramedBy("'none'", given().get("/embed/nobody/harbour-bridge"), 404);
    }

    private static void assertFramedBy(String origins, Response answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(answer.headers().getValues("Content-Security-Policy"))
                .containsExactly(
                        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self';"
                                + " img-src 'self'; form-action 'self'; base-uri 'none';"
                                + " frame-ancestors %s; require-trusted-types-for 'script'; trusted-types 'none'"
                                        .formatted(origins));
        assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).isEqualTo("private, no-store");
    }

    @Test
    void an_answer_of_the_api_may_run_load_and_frame_nothing() {
        for (var path :
                new String[] {
                    "/api/v1/sites/gazette/counts?article=sourdough", "/api/v1/sites/nobody/counts", "/nowhere"
                }) {
            var answer = given().get(path);

            assertThat(answer.headers().getValues("Content-Security-Policy"))
                    .containsExactly("default-src 'none'; sandbox; frame-ancestors 'none'");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    @Test
    void a_stylesheet_when_asked_for_by_its_version_may_be_kept_for_ever() {
        var path = show("gazette", "harbour-bridge", 200).select("link[rel=stylesheet]").attr("href");

        assertThat(given().get(path).header("Cache-Control")).contains("immutable");
        assertThat(given().get(path).contentType()).startsWith("text/css");
        var other = given().redirects().follow(false).get("/static/bundle/widget-00000000.css");
        assertThat(other.statusCode()).isEqualTo(307);
        assertThat(other.header("Location")).endsWith(path);
        assertThat(other.header("Cache-Control")).isEqualTo("public, max-age=60");
    }

    @Test
    void a_calm_comment_when_sent_appears_at_once_and_is_marked() {
        var page = page(post(calm, Map.of("website", "example.org")), 201);

        assertThat(page.select(".notice.good .notice-title").text()).isEqualTo("Thank you. Your comment is published.");
        assertThat(page.select(page.select(".notice a").attr("href") + " > .mine .body").text()).isEqualTo(calm);
        assertThat(page.select(".thread-head h2").text()).isEqualTo("1 Comment");
        assertThat(page.select("#comment").val()).isEmpty();
        assertThat(page.select("#name").val()).isEqualTo("Ann Keller");
        assertThat(show(site, article, 200).select(".comment:not(.mine) .body").text()).isEqualTo(calm);
    }

    @Test
    void a_form_when_sent_twice_makes_one_comment() {
        var ticket = ticket();

        assertThat(post(calm, Map.of("ticket", ticket)).statusCode()).isEqualTo(201);
        var again = page(post(calm, Map.of("ticket", ticket)), 201);
        var other = page(post("Other words for the same form, all of them calm.", Map.of("ticket", ticket)), 422);

        assertThat(again.select(".comment")).hasSize(1);
        assertThat(other.select(".notice").text()).contains("sent before, with other words");
        assertThat(other.select("#comment").val()).startsWith("Other words");
        assertThat(other.select("input[name=ticket]").val()).isNotEqualTo(ticket);
    }

    @Test
    void an_insult_when_sent_is_held_and_its_writer_is_told_so() {
        var page = page(post(insult, Map.of()), 201);

        assertThat(page.select(".notice.waiting").text())
                .contains("held for now", "read by a moderator", "It reads as hostile or insulting.");
        assertThat(page.select(".none").text()).isEqualTo("No comments to show.");
        assertThat(show(site, article, 200).select(".comment")).isEmpty();
    }

    @Test
    void an_article_that_is_premoderated_holds_every_comment() {
        site = "gazette";
        article = "ceasefire-talks";

        var page = page(post("I hope that the road to Kareth opens soon.", Map.of()), 201);

        assertThat(page.select(".notice.waiting li").text())
                .isEqualTo("A moderator reads comments like this before they appear.");
    }

    @Test
    void missing_fields_when_sent_are_named_at_the_field_and_the_rest_is_kept() {
        var page = page(post("", Map.of("email", "no address", "website", "javascript:alert(1)")), 400);

        assertThat(page.select("#comment-error").text()).isEqualTo("Comment is required.");
        assertThat(page.select("#email-error").text()).startsWith("Email must be one address");
        assertThat(page.select("#website-error").text()).startsWith("Website must be an http or https address");
        assertThat(page.select("#name").val()).isEqualTo("Ann Keller");
        assertThat(page.html()).doesNotContain("no address");
        assertThat(show(site, article, 200).select(".comment")).isEmpty();
    }

    @Test
    void an_address_when_typed_is_in_no_answer() {
        var parent = page(post(calm, Map.of()), 201).select(".comments > li").attr("id").substring(2);
        var answers =
                new Response[] {
                    post("A second remark about the harbour, as calm as the first.", Map.of()),
                    post(insult + ", the lot of you", Map.of()),
                    post("", Map.of()),
                    post(calm, Map.of("ticket", "forged")),
                    post(calm, Map.of("parent", UUID.randomUUID().toString())),
                    post("An answer to that, kindly meant and kindly said.", Map.of("parent", parent)),
                    post("x".repeat(10_001), Map.of()),
                    given().get("/embed/{s}/{a}", site, article)
                };

        for (var answer : answers) {
            assertThat(answer.asString()).doesNotContainIgnoringCase("qzcanary").doesNotContain("mail.example");
            assertThat(answer.headers().toString()).doesNotContain("qzcanary");
        }
    }

    @Test
    void a_form_without_a_good_ticket_when_sent_is_asked_for_again_with_everything_kept() {
        var now = tickets.issue(site, article);
        var old = tickets.issue(site, article, Instant.now().minusSeconds(25 * 3600));
        var foreign = tickets.issue(site, "sourdough", Instant.now().minusSeconds(60));

        for (var ticket : new String[] {now, old, foreign, ""}) {
            var page = page(post(calm, Map.of("ticket", ticket)), 400);

            assertThat(page.select(".notice").text()).contains("Please send your comment once more.");
            assertThat(page.select("#comment").val()).isEqualTo(calm);
            assertThat(page.select("#email-hint").text()).contains("type it again");
            assertThat(page.select(".comment")).isEmpty();
        }
    }

    @Test
    void a_form_whose_hidden_field_is_filled_in_is_held() {
        var page = page(post(calm, Map.of("topic", "Best prices")), 201);

        assertThat(page.select(".notice.waiting")).hasSize(1);
        assertThat(page.select(".comment")).isEmpty();
    }

    @Test
    void a_form_of_a_foreign_page_when_sent_is_refused() {
        for (var origin : new String[] {"https://evil.example", "null"}) {
            var answer = form(calm, Map.of()).header("Origin", origin).post("/embed/{s}/{a}", site, article);

            assertThat(page(answer, 403).select(".notice-title").text())
                    .isEqualTo("Comments can't be sent from this page");
        }
        assertThat(show(site, article, 200).select(".comment")).isEmpty();
    }

    @Test
    void a_reply_when_sent_stands_under_the_comment_that_it_answers() {
        var first = page(post(calm, Map.of()), 201);
        var answering = parsed(given().get(first.select(".actions a").attr("href").replaceAll("#.*", "")).asString());

        assertThat(answering.select("h2").first().text()).isEqualTo("Reply to Ann Keller");
        var parent = answering.select("input[name=parent]").val();
        var page = page(post("I was there as well, and it was just like that.", Map.of("parent", parent)), 201);

        assertThat(page.select("#c-" + parent + " > .replies .mine .body").text()).startsWith("I was there");
        assertThat(page.select(".thread-head h2").text()).isEqualTo("2 Comments");
    }

    @Test
    void a_reply_when_it_stands_behind_many_others_is_led_to_in_its_place() {
        var parent = page(post(calm, Map.of()), 201).select(".comments > li").attr("id").substring(2);
        Document page = null;
        for (int i = 0; i < 7; i++) {
            page = page(post("Answer number " + i + " to " + calm, Map.of("parent", parent)), 201);
        }

        assertThat(page.select(".notice.good")).hasSize(1);
        var alone = parsed(given().urlEncodingEnabled(false).get(page.select(".notice a").attr("href")).asString());
        assertThat(alone.select(".sought .body").text()).startsWith("Answer number 6");
        var rest =
                parsed(given().urlEncodingEnabled(false).get(page.select(".more-replies a").attr("href")).asString());
        assertThat(rest.select(".comments > li")).hasSize(2);
        assertThat(rest.select(".back a").text()).isEqualTo("All comments");
    }

    @Test
    void a_reply_to_nothing_when_sent_keeps_its_words() {
        post(calm, Map.of());
        var page = page(post("Nobody is there to be answered.", Map.of("parent", UUID.randomUUID().toString())), 400);

        assertThat(page.select(".notice").text()).contains("can't be answered any more");
        assertThat(page.select("#comment").val()).startsWith("Nobody is there");
        assertThat(page.select("input[name=parent]")).isEmpty();
    }

    @Test
    void an_unknown_article_when_its_page_does_not_say_where_it_is_takes_no_comments() {
        var page = page(post(calm, Map.of("url", "")), 404);
        var elsewhere = page(post(calm, Map.of("url", "https://evil.example/a")), 400);
        var nonsense = page(post(calm, Map.of("url", "javascript:alert(1)")), 404);

        for (var answer : new Document[] {page, elsewhere, nonsense}) {
            assertThat(answer.select(".notice.bad")).hasSize(1);
            assertThat(answer.select("#comment").val()).isEqualTo(calm);
        }
    }

    @Test
    void a_long_thread_is_read_page_by_page_in_each_order() {
        for (int i = 0; i < 27; i++) {
            var body =
                    Map.of(
                            "name",
                            "Reader",
                            "email",
                            "r" + i + "@mail.example",
                            "body",
                            "Remark number " + i + " on the day's paper, " + word(i),
                            "article",
                            Map.of("url", url));
            given().contentType("application/json")
                    .body(body)
                    .post("/api/v1/sites/{s}/articles/{a}/comments", site, article)
                    .then()
                    .statusCode(201);
        }
        for (var sort : new String[] {"newest", "oldest", "top"}) {
            var first = page(given().queryParam("sort", sort).get("/embed/{s}/{a}", site, article), 200);
            var second = page(given().urlEncodingEnabled(false).get(first.select(".more a").attr("href")), 200);

            assertThat(first.select(".sorts [aria-current]")).hasSize(1);
            assertThat(first.select(".comments > li")).hasSize(25);
            assertThat(second.select(".comments > li")).hasSize(2);
            assertThat(first.select(".comments > li").eachAttr("id"))
                    .doesNotContainAnyElementsOf(second.select(".comments > li").eachAttr("id"));
            assertThat(second.select(".more")).isEmpty();
        }
    }

    /** Ten thousand letters of two bytes are three times as long on the wire of a plain form. */
    @Test
    void the_longest_comment_when_sent_is_taken() {
        var text = "Ein schöner Tag am Hafen. ".repeat(400).substring(0, 9_990);

        assertThat(post(text, Map.of()).statusCode()).isEqualTo(201);
        assertThat(page(post("x".repeat(10_001), Map.of()), 400).select("#comment-error").text())
                .isEqualTo("Comment must be at most 10000 characters.");
    }

    @Test
    void a_form_over_the_limit_of_requests_is_refused_in_words() {
        show(site, article, 200);
        var answer = post("x".repeat(70_000), Map.of());

        assertThat(page(answer, 413).select(".notice-title").text()).isEqualTo("Your comment is too long.");
        assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors http");
    }

    private static String word(int i) {
        return new String[] {"bread", "river", "stone", "paper", "lamp"}[i % 5];
    }

    private Document show(String site, String key, int status) {
        return page(given().get("/embed/{s}/{a}", site, key), status);
    }

    private static Document page(Response answer, int status) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        return parsed(answer.asString());
    }

    /** As a browser shows it: what stands in templates is not there yet. */
    private static Document parsed(String html) {
        var page = Jsoup.parse(html);
        page.select("template").remove();
        return page;
    }

    private String ticket() {
        return tickets.issue(site, article, Instant.now().minusSeconds(60));
    }

    private Response post(String comment, Map<String, String> more) {
        return form(comment, more).header("Origin", platform.publicOrigin()).post("/embed/{s}/{a}", site, article);
    }

    private RequestSpecification form(String comment, Map<String, String> more) {
        Map<String, String> fields = new HashMap<>();
        fields.put("comment", comment);
        fields.put("name", "Ann Keller");
        fields.put("email", ADDRESS);
        fields.put("website", "");
        fields.put("topic", "");
        fields.put("url", url);
        fields.put("ticket", ticket());
        fields.putAll(more);
        var utf8 =
                RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig().defaultContentCharset(StandardCharsets.UTF_8));
        return given().config(utf8).contentType("application/x-www-form-urlencoded").formParams(fields);
    }
}
