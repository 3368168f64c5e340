package dev.parley.widget;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.audit.Act;
import dev.parley.identity.NewTenant;
import dev.parley.identity.TenantAdministration;
import dev.parley.platform.Language;
import dev.parley.platform.PlatformConfig;
import dev.parley.privacy.Tokens;
import dev.parley.tenant.NewSite;
import dev.parley.tenant.SettingsView;
import dev.parley.tenant.TenantContext;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
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
    @Inject TenantAdministration administration;
    @Inject TenantContext context;
    @Inject Tokens tokens;

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
    void a_hostile_comment_when_its_writer_is_asked_first_comes_back_and_is_changed_or_sent_as_it_is() {
        nudges(true);
        try {
            var asked = page(post(insult, Map.of("notify", "true")), 422);

            assertThat(asked.select("#notice.waiting .notice-title").text())
                    .isEqualTo("Others may read this as hostile.");
            assertThat(asked.select("#notice a[href=#comment][target=_self]").text()).isEqualTo("Change the text");
            assertThat(asked.select("#comment").val()).isEqualTo(insult);
            assertThat(asked.select("#comment").attr("aria-describedby")).isEqualTo("notice comment-hint");
            assertThat(asked.select("#email-hint").text()).contains("type it again");
            assertThat(asked.select("input[name=notify]").hasAttr("checked")).isTrue();
            assertThat(asked.select(".comment, .own, .wrong")).isEmpty();
            // The Enter key takes the first button.
            var form = asked.select("[data-does=post]").first();
            assertThat(form.select("button").eachText()).containsExactly("Post Comment", "Send as it is");
            var asItIs = form.select("button").last();
            assertThat(asItIs.attr("name") + "=" + asItIs.attr("value")).isEqualTo("nudge=false");

            var email = Map.of("email", ADDRESS);
            assertThat(submit(form, email).statusCode()).isEqualTo(422);
            var calmer = page(submit(form, Map.of("email", ADDRESS, "comment", calm)), 201);
            assertThat(calmer.select(".mine .body").text()).isEqualTo(calm);
            assertThat(calmer.select("button[name=nudge]")).isEmpty();

            form = page(post(insult, Map.of()), 422).select("[data-does=post]").first();
            var held = page(submit(form, Map.of("email", ADDRESS, "nudge", "false")), 201);
            assertThat(held.select(".notice.waiting").text()).contains("held for now");
            // The same form once more, as by going back, is that sending.
            assertThat(page(submit(form, email), 201).select("#notice").attr("data-comment"))
                    .isEqualTo(held.select("#notice").attr("data-comment"))
                    .isNotEmpty();
        } finally {
            nudges(false);
        }
        assertThat(page(post(insult + " of old", Map.of()), 201).select(".notice.waiting")).hasSize(1);
    }

    @Test
    void a_change_that_reads_as_hostile_when_its_writer_is_asked_first_comes_back_and_is_changed_or_sent_as_it_is() {
        var sent = page(post(calm, Map.of()), 201);
        var edit = page(submit(sent.select("[data-does=edit]").first(), Map.of()), 200);
        nudges(true);
        try {
            var asked = page(submit(edit.select("[data-does=save]").first(), Map.of("comment", insult)), 422);

            assertThat(asked.select("#notice.waiting .notice-title").text())
                    .isEqualTo("Others may read this as hostile.");
            assertThat(asked.select("#notice a[href=#edit-comment][target=_self]").text()).isEqualTo("Change the text");
            assertThat(asked.select("#edit-comment").val()).isEqualTo(insult);
            assertThat(asked.select("#edit-comment").attr("aria-describedby")).isEqualTo("notice");
            assertThat(asked.select("#edit-error")).isEmpty();
            assertThat(asked.select(".comments .body").text()).isEqualTo(calm);
            var form = asked.select("[data-does=save]").first();
            assertThat(form.select("button").eachText()).containsExactly("Save changes", "Send as it is");
            assertThat(page(submit(form, Map.of()), 422).select("#edit-comment").val()).isEqualTo(insult);
            var better = page(submit(form, Map.of("comment", calm + " Indeed.")), 200);
            assertThat(better.select(".mine .body").text()).isEqualTo(calm + " Indeed.");
            assertThat(better.select("button[name=nudge]")).isEmpty();

            var held = page(submit(form, Map.of("nudge", "false")), 200);
            assertThat(held.select(".notice.waiting").text()).contains("Your change is held for now.", "hostile");
        } finally {
            nudges(false);
        }
    }

    private void nudges(boolean on) {
        context.run(SITE, () -> Nudges.set(administration, on));
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

    @Test
    void a_comment_when_asked_for_is_shown_in_its_place_with_a_way_back() {
        var parent = page(post(calm, Map.of()), 201).select(".comments > li").attr("id").substring(2);
        post("Something else about the harbour " + article, Map.of());
        for (int i = 0; i < 7; i++) {
            post("Answer " + i + " about " + article, Map.of("parent", parent));
        }
        List<String> replies =
                given().queryParam("parent", parent)
                        .get("/api/v1/sites/{s}/articles/{a}/comments", site, article)
                        .path("items.id");
        var last = replies.getLast();

        var alone = show("comment", last);

        assertThat(alone.select(".comments > li")).hasSize(1);
        assertThat(alone.select("#c-" + parent + " > .replies > #c-" + last + " > .sought .body").text())
                .startsWith("Answer 6");
        assertThat(alone.select("#c-" + parent + " > .replies > li[id]")).hasSize(6);
        var more = parsed(follow(alone.select(".more-replies a").attr("href")));
        assertThat(more.select(".comments > li").eachAttr("id")).contains("c-" + replies.get(5));
        assertThat(parsed(follow(alone.select(".back a").attr("href"))).select(".comments > li")).hasSize(2);
        assertThat(alone.select("#c-" + last + " [data-permalink]").attr("href")).isEqualTo(url + "#comment-" + last);
    }

    @Test
    void a_comment_that_is_not_there_when_asked_for_is_said_to_be_gone() {
        post(calm, Map.of());
        var elsewhere =
                page(given().get("/embed/gazette/library-roof"), 200).select(".comments > li").attr("id").substring(2);

        for (var id : new String[] {UUID.randomUUID().toString(), "cut-off", elsewhere}) {
            var page = show("comment", id);

            assertThat(page.select("#notice").text()).isEqualTo("This comment is no longer here.");
            assertThat(page.select(".comments > li")).hasSize(1);
        }
    }

    @Test
    void a_comment_when_changed_in_time_shows_the_new_words() {
        var sent = page(post("Ferst words, number " + article, Map.of()), 201);
        var asked = page(submit(sent.select("[data-does=edit]").first(), Map.of()), 200);

        assertThat(asked.select("#edit-comment").val()).startsWith("Ferst words");
        var form = asked.select("[data-does=save]").first();
        var empty = page(submit(form, Map.of("comment", " ")), 400);
        var changed = page(submit(form, Map.of("comment", "First words, number " + article)), 200);
        var again = page(submit(form, Map.of("comment", "First words, number " + article)), 200);

        assertThat(empty.select("#edit-error").text()).isEqualTo("Comment is required.");
        assertThat(changed.select("#notice .notice-title").text()).isEqualTo("Your comment was changed.");
        assertThat(changed.select(".mine .body").text()).startsWith("First words");
        assertThat(changed.select(".mine .when").text()).endsWith("edited");
        assertThat(again.select(".comments > li")).hasSize(1);
        var insult = page(submit(form, Map.of("comment", this.insult)), 200);
        assertThat(insult.select(".notice.waiting").text()).contains("Your change is held for now.", "hostile");
        assertThat(insult.select(".mine .body").text()).startsWith("First words");
    }

    @Test
    void a_comment_when_taken_back_is_gone() {
        var sent = page(post(calm, Map.of()), 201);
        var form = sent.select("[data-does=withdraw]").first();

        var page = page(submit(form, Map.of()), 200);

        assertThat(page.select("#notice").text()).isEqualTo("You have taken this comment back.");
        assertThat(page.select(".comment")).isEmpty();
        assertThat(page(submit(form, Map.of()), 200).select(".notice.good")).hasSize(1);
        var edit = page(submit(sent.select("[data-does=edit]").first(), Map.of()), 409);
        assertThat(edit.select("#notice").text()).contains("can't be changed any more");
    }

    @Test
    void a_comment_of_somebody_else_can_be_neither_changed_nor_taken_back() {
        var sent = page(post(calm, Map.of()), 201);
        for (var does : new String[] {"edit", "withdraw"}) {
            var form = sent.select("[data-does=%s]".formatted(does)).first();

            var foreign = page(submit(form, Map.of("token", "A".repeat(43))), 404);
            assertThat(foreign.select(".notice.bad").text()).contains("Only the page that sent it");
            assertThat(submit(form, Map.of("id", "x")).statusCode()).isEqualTo(404);
            assertThat(foreign.select(".body").text()).isEqualTo(calm);
        }
        var form = sent.select("[data-does=withdraw]").first();
        var stranger = fields(form, Map.of()).header("Origin", "https://evil.example").post(form.attr("action"));
        assertThat(stranger.statusCode()).isEqualTo(403);
        assertThat(show(site, article, 200).select(".body").text()).isEqualTo(calm);
    }

    @Test
    void a_comment_whose_time_is_over_says_so() {
        var tenant = "brief-" + UUID.randomUUID().toString().substring(0, 8);
        context.run(
                tenant,
                () -> {
                    administration.create(
                            new NewTenant(tenant, "Brief", UUID.randomUUID().toString(), "Nobody"), Act.By.SYSTEM);
                    administration.createSite(
                            new NewSite(tenant, "Brief", "en", List.of(platform.publicOrigin())), Act.By.SYSTEM);
                    administration.changeSettings(
                            new SettingsView(3, 0, false, administration.settings().personalData(), null, false),
                            Act.By.SYSTEM);
                });
        site = tenant;
        var answer = post(calm, Map.of());
        var page = page(answer, 201);
        assertThat(page.select(".own")).isEmpty();
        var id = page.select(".comments > li").attr("id").substring(2);
        var late =
                context.call(
                        tenant,
                        () ->
                                Map.of(
                                        "id",
                                        id,
                                        "token",
                                        tokens.editToken(UUID.fromString(id)),
                                        "url",
                                        url,
                                        "comment",
                                        "Late"));
        var ticket = Map.of("ticket", ticket());

        for (var path : new String[] {"/edit", "/withdraw"}) {
            var refused =
                    page(utf8().formParams(late).formParams(ticket).post("/embed/{s}/{a}" + path, site, article), 409);

            assertThat(refused.select("#notice").text()).contains("The time for changes is over.");
            assertThat(refused.select(".body").text()).isEqualTo(calm);
        }
    }

    @Test
    void a_page_speaks_the_language_that_was_asked_for_and_keeps_to_it() {
        var german = show("lang", "de");
        assertThat(german.select("html").attr("lang")).isEqualTo("de");
        assertThat(german.select("h2").first().text()).isEqualTo("Kommentar schreiben");
        var form = german.select("[data-does=post]").first();
        var held =
                page(
                        submit(
                                form,
                                Map.of(
                                        "comment", insult, "name", "Ann", "email", ADDRESS, "ticket", ticket(), "url",
                                        url)),
                        201);
        assertThat(held.select(".notice.waiting").text()).contains("Er liest sich feindselig oder beleidigend.");
        var wrong = page(submit(form, Map.of("comment", "", "email", "x", "ticket", ticket(), "url", url)), 400);
        assertThat(wrong.select("#comment-error").text()).isEqualTo("Kommentar: Bitte ausfüllen.");
        assertThat(wrong.select("#email-error").text()).startsWith("E-Mail: Bitte eine einzelne Adresse");

        var arabic = show("lang", "ar-EG");
        assertThat(arabic.select("html").attr("dir")).isEqualTo("rtl");
        assertThat(arabic.select(".none").text()).isEqualTo("لا توجد تعليقات بعد.");
        assertThat(show("lang", "tlh").select("html").attr("lang")).isEqualTo("en");
        assertThat(page(given().get("/embed/nobody/x?lang=de"), 404).select(".notice-title").text())
                .isEqualTo("Hier ist nichts");
    }

    @Test
    void a_count_in_arabic_takes_the_form_that_goes_with_it() {
        var counts = new java.util.LinkedHashMap<Integer, String>();
        for (int count : new int[] {0, 1, 2, 3, 11, 100}) {
            counts.put(count, Visit.comments(Language.AR, count));
        }
        assertThat(counts.values())
                .containsExactly("لا تعليقات", "تعليق واحد", "تعليقان", "٣ تعليقات", "١١ تعليقًا", "١٠٠ تعليق");
        assertThat(Visit.comments(Language.DE, 1)).isEqualTo("1 Kommentar");
        assertThat(Visit.comments(Language.EN, 1200)).isEqualTo("1,200 Comments");
        assertThat(Visit.date(Language.AR, Instant.parse("2026-11-22T10:05:00Z")))
                .isEqualTo("٢٢ نوفمبر ٢٠٢٦، ١٠:٠٥ ت ع م");
        assertThat(Visit.date(Language.DE, Instant.parse("2026-11-22T10:05:00Z")))
                .isEqualTo("22. November 2026, 10:05 Uhr UTC");
    }

    @Test
    void a_look_when_asked_for_is_kept_and_nonsense_is_ignored() {
        var host = platform.publicOrigin().replace("127.0.0.1", "localhost");
        post(calm, Map.of());
        var page =
                page(
                        given().queryParams(Map.of("theme", "dark", "accent", "aA00ff", "host", host, "sort", "oldest"))
                                .get("/embed/{s}/{a}", site, article),
                        200);
        assertThat(page.select("html").attr("data-theme")).isEqualTo("dark");
        assertThat(page.select("html").attr("data-accent")).isEqualTo("aA00ff");
        assertThat(page.select("main").attr("data-host")).isEqualTo(host);
        assertThat(page.select("[data-does=post]").attr("action"))
                .contains("theme=dark", "accent=aA00ff", "host=http", "sort=oldest");

        var odd =
                page(
                        given().queryParams(Map.of("theme", "pink", "accent", "red;}", "host", "https://evil.example"))
                                .get("/embed/{s}/{a}", site, article),
                        200);
        assertThat(odd.select("html").attr("data-theme")).isEqualTo("auto");
        assertThat(odd.select("[data-accent], [data-host]")).isEmpty();
        assertThat(odd.select("[data-does=post]").attr("action")).doesNotContain("?");
    }

    @Test
    void a_thread_is_there_for_search_engines_too_and_can_close_no_script() {
        var hostile = "A remark </script><script>alert(1)</script> <!-- of note " + article;
        var parent = page(post(hostile, Map.of()), 201).select(".comments > li").attr("id").substring(2);
        post("An answer to the remark of " + article, Map.of("parent", parent));

        var page = show(site, article, 200);
        var blocks = page.select("script[type=application/ld+json]");
        assertThat(blocks).hasSize(1);
        var data = io.restassured.path.json.JsonPath.from(blocks.first().data());

        assertThat(data.getString("'@type'")).isEqualTo("DiscussionForumPosting");
        assertThat(data.getString("url")).isEqualTo(url);
        assertThat(data.getInt("commentCount")).isEqualTo(2);
        assertThat(data.getString("comment[0].text")).isEqualTo(hostile);
        assertThat(data.getString("comment[0].author.name")).isEqualTo("Ann Keller");
        assertThat(data.getString("comment[0].url")).isEqualTo(url + "#comment-" + parent);
        assertThat(data.getString("comment[0].comment[0].text")).startsWith("An answer");
    }

    @Test
    void a_reader_who_is_remembered_keeps_their_public_id() {
        var first = page(post(calm, Map.of()), 201);
        var reader = first.select("#notice").attr("data-reader");
        post("A second remark, about " + article, Map.of("reader", reader));
        post("A third remark, by hand, about " + article, Map.of());

        List<String> authors =
                given().get("/api/v1/sites/{s}/articles/{a}/comments", site, article).path("items.author.id");
        assertThat(authors.get(1)).isEqualTo(authors.get(2)).isNotEqualTo(authors.get(0));
        assertThat(show(site, article, 200).html()).doesNotContain(reader);
    }

    private Document show(String name, String value) {
        return page(given().queryParam(name, value).queryParam("url", url).get("/embed/{s}/{a}", site, article), 200);
    }

    private static String follow(String href) {
        return given().urlEncodingEnabled(false).get(href).asString();
    }

    /** Sends a form of a page, as a browser would. */
    private Response submit(Element form, Map<String, String> typed) {
        return fields(form, typed)
                .header("Origin", platform.publicOrigin())
                .urlEncodingEnabled(true)
                .post(java.net.URI.create(platform.publicOrigin() + form.attr("action")));
    }

    private RequestSpecification fields(Element form, Map<String, String> typed) {
        Map<String, String> fields = new HashMap<>();
        ((FormElement) form).formData().forEach(field -> fields.put(field.key(), field.value()));
        fields.putAll(typed);
        return utf8().formParams(fields);
    }

    private static RequestSpecification utf8() {
        var utf8 =
                RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig().defaultContentCharset(StandardCharsets.UTF_8));
        return given().config(utf8).contentType("application/x-www-form-urlencoded");
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
        return utf8().formParams(fields);
    }
}
