package dev.parley;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.parley.testing.AtOnce;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main job, end to end over HTTP: from the form to the page, through score, policy, queue and moderator. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class MainLineTest {

    private final Tokens tokens = new Tokens();

    @BeforeEach
    void tenants() {
        Fixtures.ensure();
    }

    @Test
    void a_calm_comment_appears_at_once() {
        var text = Fixtures.calm();
        var article = Fixtures.newArticle("gazette", "gazette");

        var receipt =
                Fixtures.submit("gazette", article, Fixtures.comment(text))
                        .then()
                        .statusCode(201)
                        .body("status", is("PUBLISHED"))
                        .body("reasons", empty())
                        .body("editToken", notNullValue())
                        .extract();

        given().get("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then()
                .statusCode(200)
                .body("count", is(1))
                .body("items[0].id", is(receipt.<String>path("id")))
                .body("items[0].body", is(text))
                .body("items[0].html", containsString("careful report"))
                .body("items[0]", not(hasKey("email")));
    }

    @Test
    void an_insult_is_held_with_a_reason_and_shown_once_approved() {
        var article = Fixtures.newArticle("gazette", "gazette");
        String id =
                Fixtures.submit("gazette", article, Fixtures.comment(Fixtures.INSULT))
                        .then()
                        .statusCode(201)
                        .body("status", is("HELD"))
                        .body("reasons.code", hasItem("TOXICITY"))
                        .extract()
                        .path("id");
        given().get("/api/v1/sites/gazette/articles/{a}/comments", article).then().body("items", empty());

        var item = "items.find { it.comment.id == '" + id + "' }";
        given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .queryParam("order", "risk")
                .queryParam("limit", 100)
                .get("/api/v1/tenants/gazette/queue")
                .then()
                .statusCode(200)
                .body(item + ".written.scores.byAttribute.toxicity.value", greaterThan(0.6f))
                .body(item + ".written.scores.byAttribute.toxicity.spans.size()", greaterThan(0))
                .body(item + ".reasons.code", hasItem("TOXICITY"))
                .body(item + ".comment.stateVersion", is(0));
        decide(id, 1, 0, Map.of("action", "APPROVE"))
                .then()
                .statusCode(200)
                .body("status", is("PUBLISHED"))
                .body("stateVersion", is(1));

        given().get("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then()
                .body("items.id", hasItem(id))
                .body("count", is(1));
    }

    @Test
    void of_two_moderators_on_one_item_one_wins_and_the_other_is_told_the_present_state() {
        var article = Fixtures.newArticle("gazette", "gazette");
        var id = Fixtures.held("gazette", article);
        decide(id, 1, 0, Map.of("action", "APPROVE")).then().statusCode(200);

        decide(id, 1, 0, Map.of("action", "REJECT", "reason", "ABUSE"))
                .then()
                .statusCode(409)
                .body("type", is("/problems/stale-version"))
                .body("present.status", is("PUBLISHED"))
                .body("present.stateVersion", is(1));

        given().get("/api/v1/sites/gazette/articles/{a}/comments", article).then().body("count", is(1));
    }

    @Test
    void a_rejected_parent_stays_as_a_tombstone_while_it_has_replies() {
        var article = Fixtures.newArticle("gazette", "gazette");
        var parent = Fixtures.published("gazette", article, Fixtures.calm());
        var reply = Fixtures.comment("I agree.");
        reply.put("parentId", parent);
        String child =
                Fixtures.submit("gazette", article, reply)
                        .then()
                        .statusCode(201)
                        .body("status", is("PUBLISHED"))
                        .extract()
                        .path("id");

        decide(parent, 1, 0, Map.of("action", "REJECT", "reason", "OFF_TOPIC", "note", "see the thread"))
                .then()
                .statusCode(200);

        given().get("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then()
                .body("count", is(1))
                .body("items[0].removed", is(true))
                .body("items[0]", not(hasKey("body")))
                .body("items[0]", not(hasKey("author")))
                .body("items[0].replies.items[0].id", is(child));
        decide(child, 1, 0, Map.of("action", "SPAM")).then().statusCode(200);
        given().get("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then()
                .body("count", is(0))
                .body("items", empty());
        decide(child, 1, 1, Map.of("action", "APPROVE")).then().statusCode(200);
        given().get("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then()
                .body("count", is(1))
                .body("items[0].removed", is(true))
                .body("items[0].replies.count", is(1));
    }

    @Test
    void an_edit_is_judged_again_and_the_old_text_stays_while_it_is_held() {
        var article = Fixtures.newArticle("gazette", "gazette");
        var receipt =
                Fixtures.submit("gazette", article, Fixtures.comment(Fixtures.calm())).then().statusCode(201).extract();
        String id = receipt.path("id");
        String token = receipt.path("editToken");

        edit(id, token, "Thank you for this very careful report.")
                .then()
                .statusCode(200)
                .body("status", is("PUBLISHED"));
        edit(id, token, Fixtures.INSULT).then().statusCode(200).body("status", is("HELD"));

        given().get("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then()
                .body("items[0].body", is("Thank you for this very careful report."))
                .body("items[0].editedAt", notNullValue());
        edit(id, "x".repeat(token.length()), "Something else.").then().statusCode(404);
        given().header("Edit-Token", token).delete("/api/v1/sites/gazette/comments/{id}", id).then().statusCode(204);
        given().header("Edit-Token", token).delete("/api/v1/sites/gazette/comments/{id}", id).then().statusCode(204);
        given().get("/api/v1/sites/gazette/articles/{a}/comments", article).then().body("count", is(0));
        edit(id, token, "Back again.").then().statusCode(409);
    }

    @Test
    void a_comment_when_taken_back_many_times_at_once_is_taken_back_once() throws Exception {
        var receipt =
                Fixtures.submit("gazette", Fixtures.newArticle("gazette", "gazette"), Fixtures.comment(Fixtures.calm()))
                        .then()
                        .statusCode(201)
                        .extract();
        String id = receipt.path("id");

        var answers =
                AtOnce.times(
                        8,
                        () ->
                                given().header("Edit-Token", receipt.<String>path("editToken"))
                                        .delete("/api/v1/sites/gazette/comments/{id}", id)
                                        .statusCode());

        assertThat(answers).containsOnly(204);
        given().auth()
                .oauth2(tokens.adminOf("gazette"))
                .queryParam("subject", id)
                .get("/api/v1/tenants/gazette/audit")
                .then()
                .body("items.action", contains("COMMENT_WITHDRAWN", "COMMENT_DECIDED"));
    }

    @Test
    void a_post_repeated_with_its_key_makes_one_comment_and_one_answer() {
        var article = Fixtures.newArticle("gazette", "gazette");
        var fields = Fixtures.comment(Fixtures.calm());
        String first = keyed("key-1", article, fields).then().statusCode(201).extract().asString();

        String second = keyed("key-1", article, fields).then().statusCode(201).extract().asString();

        org.junit.jupiter.api.Assertions.assertEquals(first, second);
        given().get("/api/v1/sites/gazette/articles/{a}/comments", article).then().body("count", is(1));
        fields.put("email", "somebody.else@mail.example");
        keyed("key-1", article, fields).then().statusCode(422).body("type", is("/problems/key-used-differently"));
    }

    @Test
    void a_category_that_is_read_first_holds_a_calm_comment() {
        Fixtures.submit("gazette", "ceasefire-talks", Fixtures.comment("I hope that they agree soon."))
                .then()
                .statusCode(201)
                .body("status", is("HELD"))
                .body("reasons.code", is(java.util.List.of("REVIEW")));
    }

    @Test
    void an_unchanged_thread_is_not_sent_again() {
        var article = Fixtures.newArticle("gazette", "gazette");
        Fixtures.published("gazette", article, Fixtures.calm());
        String tag =
                given().get("/api/v1/sites/gazette/articles/{a}/comments", article).then().extract().header("ETag");

        given().header("If-None-Match", tag)
                .get("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then()
                .statusCode(304);
        Fixtures.published("gazette", article, Fixtures.calm());
        given().header("If-None-Match", tag)
                .get("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then()
                .statusCode(200)
                .body("count", is(2));
    }

    @Test
    void bad_input_names_its_fields_and_never_the_address() {
        var article = Fixtures.newArticle("gazette", "gazette");
        var fields = Fixtures.comment("");
        fields.put("email", "not-an-address-canary");
        fields.put("name", "x".repeat(81));

        Fixtures.submit("gazette", article, fields)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", is("/problems/invalid-input"))
                .body("errors.field", org.hamcrest.Matchers.containsInAnyOrder("name", "body", "email"))
                .body(not(containsString("canary")));
        Fixtures.submit("gazette", "never-heard-of", Fixtures.comment("Hello there.")).then().statusCode(404);
    }

    @Test
    void replies_come_with_their_comment_and_more_on_demand() {
        var article = Fixtures.newArticle("gazette", "gazette");
        var parent = Fixtures.published("gazette", article, Fixtures.calm());
        for (int i = 0; i < 7; i++) {
            var reply = Fixtures.comment("A friendly answer, number " + i + ".");
            reply.put("parentId", parent);
            Fixtures.submit("gazette", article, reply).then().statusCode(201).body("status", is("PUBLISHED"));
        }

        String cursor =
                given().get("/api/v1/sites/gazette/articles/{a}/comments", article)
                        .then()
                        .body("items[0].replies.count", is(7))
                        .body("items[0].replies.items.size()", is(5))
                        .extract()
                        .path("items[0].replies.cursor");
        given().queryParam("parent", parent)
                .queryParam("cursor", cursor)
                .get("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then()
                .statusCode(200)
                .body("items.size()", is(2))
                .body("items[1].body", containsString("number 6"));
        given().queryParam("cursor", cursor)
                .get("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then()
                .statusCode(400);
    }

    @Test
    void of_many_submissions_with_one_key_at_once_one_is_stored_and_nothing_of_the_others() throws Exception {
        var article = Fixtures.newArticle("gazette", "gazette");
        var fields = Fixtures.comment(Fixtures.calm());
        var all = new java.util.ArrayList<java.util.concurrent.Callable<io.restassured.response.Response>>();
        for (int i = 0; i < 8; i++) {
            all.add(() -> keyed("at-once-", article, fields));
        }
        var ids = new java.util.HashSet<String>();
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(all)) {
                var answer = done.get();
                assertThat(answer.statusCode()).isEqualTo(201);
                ids.add(answer.path("id"));
            }
        }
        assertThat(ids).hasSize(1);

        var again = keyed("at-once-", article, fields).then().statusCode(201).extract();
        var first = keyed("at-once-", article, fields).then().statusCode(201).extract();
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(again.<String>path("id")).isEqualTo(ids.iterator().next());
        given().get("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then()
                .body("count", is(1))
                .body("items.size()", is(1));
    }

    @Test
    void a_repeated_submission_gets_the_answer_of_the_first() {
        var article = Fixtures.newArticle("gazette", "gazette");
        for (var text :
                java.util.List.of(
                        Fixtures.calm(), "You are a stupid idiot and a liar.", "Mail me at bob@mail.example.")) {
            var fields = Fixtures.comment(text);
            var first = keyed("repeat-" + text.hashCode(), article, fields).then().statusCode(201).extract().asString();
            var second =
                    keyed("repeat-" + text.hashCode(), article, fields).then().statusCode(201).extract().asString();
            assertThat(second).isEqualTo(first);
        }
    }

    private io.restassured.response.Response keyed(String key, String article, Map<String, Object> fields) {
        return given().header("Idempotency-Key", key + article)
                .contentType(JSON)
                .body(fields)
                .post("/api/v1/sites/gazette/articles/{a}/comments", article);
    }

    private static io.restassured.response.Response edit(String id, String token, String body) {
        return given().header("Edit-Token", token)
                .contentType(JSON)
                .body(Map.of("body", body))
                .patch("/api/v1/sites/gazette/comments/{id}", id);
    }

    private io.restassured.response.Response decide(
            String id, int revision, int stateVersion, Map<String, String> action) {
        var body = new java.util.HashMap<String, Object>(action);
        body.put("revision", revision);
        body.put("stateVersion", stateVersion);
        return given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .contentType(JSON)
                .body(body)
                .post("/api/v1/tenants/gazette/comments/{id}/decisions", id);
    }
}
