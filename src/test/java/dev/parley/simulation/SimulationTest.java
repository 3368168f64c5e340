package dev.parley.simulation;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Policies tried on the past, how scores are spread, and words tried on a text. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class SimulationTest {

    private static final String T = "/api/v1/tenants/gazette";
    private static final String TRIALS = T + "/policies/simulations";
    private static final Tokens TOKENS = new Tokens();

    private String key;
    private String article;

    @BeforeEach
    void article() {
        Fixtures.ensure();
        key = "trial-" + UUID.randomUUID();
        article = Fixtures.article("gazette", "gazette", key, List.of("local"));
    }

    @Test
    void a_trial_says_what_submitting_again_under_the_draft_does_and_changes_nothing() {
        var texts = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            texts.add(Fixtures.calm());
            texts.add(Fixtures.calm() + " Read it at https://news" + i + ".example/story");
            texts.add("The ferry k1ngf1sher was late again, number " + i + ", and nobody said why it was.");
        }
        var first = texts.stream().map(text -> sent(key, text)).toList();
        var before = records(first);
        Map<String, Object> draft = Map.of("maxLinks", 3, "bannedWords", List.of("kingfisher"));

        var trial = tried(draft);

        assertThat(trial.getString("state")).isEqualTo("DONE");
        assertThat(trial.getInt("done")).isEqualTo(texts.size());
        assertThat(records(first)).isEqualTo(before);
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .get(T + "/policies")
                .then()
                .body("items.scopeRef", org.hamcrest.Matchers.not(hasItem(article)));
        // Now for real: the same texts, but for a number, under the draft on an article of their own.
        var again = "again-" + UUID.randomUUID();
        inForce(Fixtures.article("gazette", "gazette", again, List.of("local")), draft);
        var real = new HashMap<String, Integer>();
        texts.forEach(text -> real.merge(status(sent(again, text.replace("number", "no."))), 1, Integer::sum));
        assertThat(trial.getInt("result.after.publish")).isEqualTo(real.getOrDefault("PUBLISHED", 0));
        assertThat(trial.getInt("result.after.hold")).isEqualTo(real.getOrDefault("HELD", 0));
        assertThat(trial.getInt("result.after.reject")).isEqualTo(real.getOrDefault("REJECTED", 0)).isEqualTo(6);
        assertThat(trial.getInt("result.before.hold")).isEqualTo(6);
        assertThat(trial.getList("result.changes.count", Integer.class)).containsOnly(6).hasSize(2);
        assertThat(trial.getList("result.samples.body", String.class)).hasSize(12).isSubsetOf(texts);
        assertThat(trial.getString("result.samples.find { it.to == 'REJECT' }.reasonsAfter[0].code"))
                .isEqualTo("BANNED_WORD");
    }

    @Test
    void what_moderators_decided_is_compared_and_a_text_taken_back_is_gone_from_the_result() {
        var approved = held();
        var rejected = held();
        decide(approved, Map.of("action", "APPROVE"));
        decide(rejected, Map.of("action", "REJECT", "reason", "ABUSE"));
        var own = Fixtures.submit("gazette", key, Fixtures.comment(Fixtures.calm()));

        var trial = tried(Map.of("mode", "HOLD_FIRST"));

        assertThat(trial.getInt("result.agreement.decided")).isEqualTo(2);
        assertThat(trial.getInt("result.agreement.before.needless")).isEqualTo(1);
        assertThat(trial.getInt("result.agreement.before.missed")).isZero();
        assertThat(trial.getList("result.samples.comment")).containsExactly(own.<String>path("id"));

        given().header("Edit-Token", own.<String>path("editToken"))
                .delete("/api/v1/sites/gazette/comments/{id}", own.<String>path("id"))
                .then()
                .statusCode(204);
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .get(TRIALS + "/{id}", trial.getString("id"))
                .then()
                .statusCode(200)
                .body("result.samples.size()", is(0));
    }

    @Test
    void a_ruling_is_the_newest_decision_on_the_present_text_that_was_not_undone() {
        var turned = held();
        decide(turned, Map.of("action", "APPROVE"));
        decide(turned, Map.of("action", "REJECT", "reason", "ABUSE"));
        var back = held();
        decide(back, Map.of("action", "SPAM"));
        undo(decide(back, Map.of("action", "APPROVE")));
        var undone = held();
        undo(decide(undone, Map.of("action", "REJECT", "reason", "ABUSE")));
        var edited = Fixtures.submit("gazette", key, Fixtures.comment(Fixtures.INSULT + " " + UUID.randomUUID()));
        decide(edited.path("id"), Map.of("action", "APPROVE"));
        given().header("Edit-Token", edited.<String>path("editToken"))
                .contentType(JSON)
                .body(Map.of("body", Fixtures.INSULT + ", I say."))
                .patch("/api/v1/sites/gazette/comments/{id}", edited.<String>path("id"))
                .then()
                .statusCode(200);
        decide(held(), Map.of("action", "ESCALATE", "note", "What now?"));

        var trial = tried(Map.of("preset", "LENIENT", "thresholds", never("toxicity", "insult", "profanity")));

        assertThat(trial.getInt("result.agreement.decided")).isEqualTo(2);
        assertThat(trial.getMap("result.agreement.before")).isEqualTo(Map.of("missed", 0, "needless", 0));
        assertThat(trial.getMap("result.agreement.after")).isEqualTo(Map.of("missed", 2, "needless", 0));
        var rulings = new HashMap<String, String>();
        trial.<Map<String, String>>getList("result.samples")
                .forEach(s -> rulings.put(s.get("comment"), s.get("moderator")));
        assertThat(rulings)
                .hasSize(5)
                .containsEntry(turned, "REJECTED")
                .containsEntry(back, "REJECTED")
                .containsEntry(undone, null)
                .containsEntry(edited.path("id"), null);
    }

    @Test
    void drafts_that_cannot_be_are_refused_and_others_see_no_trial() {
        ask(Map.of("scope", "ARTICLE", "scopeRef", "none", "document", Map.of())).then().statusCode(400);
        ask(Map.of("scope", "ARTICLE", "scopeRef", UUID.randomUUID(), "document", Map.of())).then().statusCode(404);
        ask(Map.of("scope", "TENANT", "scopeRef", "", "document", Map.of(), "last", 0)).then().statusCode(400);
        ask(Map.of("scope", "TENANT", "scopeRef", "", "document", Map.of("thresholds", Map.of("joy", Map.of()))))
                .then()
                .statusCode(400);
        var trial = tried(Map.of());
        assertThat(trial.getInt("total")).isZero();
        var id = trial.getString("id");
        given().auth().oauth2(TOKENS.moderatorOf("gazette")).get(TRIALS).then().statusCode(403);
        given().auth().oauth2(TOKENS.adminOf("herald")).get(TRIALS + "/{id}", id).then().statusCode(404);
        given().auth()
                .oauth2(TOKENS.adminOf("herald"))
                .get("/api/v1/tenants/herald/policies/simulations/{id}", id)
                .then()
                .statusCode(404);
        given().auth().oauth2(TOKENS.adminOf("gazette")).get(TRIALS).then().body("items.id", hasItem(id));
        given().auth().oauth2(TOKENS.adminOf("gazette")).delete(TRIALS + "/{id}", id).then().statusCode(204);
        given().auth().oauth2(TOKENS.adminOf("gazette")).get(TRIALS + "/{id}", id).then().body("state", is("DONE"));
    }

    @Test
    void scores_are_counted_in_spans() {
        sent(key, Fixtures.calm());

        var spread =
                given().auth()
                        .oauth2(TOKENS.adminOf("gazette"))
                        .get(T + "/policies/distribution?site={s}", Fixtures.siteId("gazette", "gazette"))
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();

        assertThat(spread.getInt("total")).isPositive();
        var toxicity = spread.getList("attributes.toxicity", Integer.class);
        assertThat(toxicity).hasSize(50);
        assertThat(toxicity.stream().mapToInt(n -> n).sum()).isPositive().isLessThanOrEqualTo(spread.getInt("total"));
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .get(T + "/policies/distribution?site={s}", Fixtures.siteId("herald", "herald"))
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .get(T + "/policies/distribution?days=0")
                .then()
                .statusCode(400);
    }

    @Test
    void words_are_found_in_disguise_at_their_place() {
        check(List.of("kingfisher", "owl"), "😀 a k1ngf1sher sat")
                .body("matches.entry", contains("kingfisher"))
                .body("matches[0].start", is(5))
                .body("matches[0].end", is(15));
        check(List.of(), "anything").body("matches", empty());
    }

    private static io.restassured.response.ValidatableResponse check(List<String> words, String text) {
        return given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .contentType(JSON)
                .body(Map.of("words", words, "text", text))
                .post(T + "/word-lists/checks")
                .then()
                .statusCode(200);
    }

    private String sent(String where, String text) {
        return Fixtures.submit("gazette", where, Fixtures.comment(text)).then().statusCode(201).extract().path("id");
    }

    private String held() {
        return Fixtures.held("gazette", key);
    }

    private static JsonPath full(String comment) {
        return given().auth()
                .oauth2(TOKENS.moderatorOf("gazette"))
                .get(T + "/comments/{id}", comment)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String status(String comment) {
        return full(comment).getString("comment.status");
    }

    private static List<Object> records(List<String> comments) {
        return comments.stream().map(id -> full(id).<Object>get("$")).toList();
    }

    /** Thresholds that nothing reaches. */
    private static Map<String, Object> never(String... attributes) {
        var thresholds = new HashMap<String, Object>();
        for (var attribute : attributes) {
            thresholds.put(attribute, Map.of("hold", 1));
        }
        return thresholds;
    }

    private static void undo(String decision) {
        given().auth()
                .oauth2(TOKENS.moderatorOf("gazette"))
                .post(T + "/decisions/{id}/undo", decision)
                .then()
                .statusCode(200);
    }

    /** Id of the decision. */
    private static String decide(String comment, Map<String, Object> decision) {
        var record = full(comment);
        var body = new HashMap<>(decision);
        body.put("revision", record.getInt("comment.revision"));
        body.put("stateVersion", record.getInt("comment.stateVersion"));
        return given().auth()
                .oauth2(TOKENS.moderatorOf("gazette"))
                .contentType(JSON)
                .body(body)
                .post(T + "/comments/{id}/decisions", comment)
                .then()
                .statusCode(200)
                .extract()
                .path("decision");
    }

    private static void inForce(String of, Map<String, Object> document) {
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .contentType(JSON)
                .body(
                        Map.of(
                                "scope",
                                "ARTICLE",
                                "scopeRef",
                                of,
                                "basedOn",
                                0,
                                "reason",
                                "tried before",
                                "document",
                                document))
                .put(T + "/policies")
                .then()
                .statusCode(200);
    }

    private static Response ask(Map<String, Object> request) {
        return given().auth().oauth2(TOKENS.adminOf("gazette")).contentType(JSON).body(request).post(TRIALS);
    }

    private JsonPath tried(Map<String, Object> document) {
        String id =
                ask(Map.of("scope", "ARTICLE", "scopeRef", article, "document", document))
                        .then()
                        .statusCode(202)
                        .body("state", is("RUNNING"))
                        .extract()
                        .path("id");
        var until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            var trial = given().auth().oauth2(TOKENS.adminOf("gazette")).get(TRIALS + "/{id}", id).jsonPath();
            if (!"RUNNING".equals(trial.getString("state"))) {
                return trial;
            }
            assertThat(System.nanoTime()).as("waited for a trial to end").isLessThan(until);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
