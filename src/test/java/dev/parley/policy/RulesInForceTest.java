package dev.parley.policy;

import static dev.parley.testing.Fixtures.calm;
import static dev.parley.testing.Fixtures.comment;
import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.parley.delivery.Post;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules from the request that sets them to the comment that they decide on; each test with an article of its own. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class RulesInForceTest {

    private static final String T = "/api/v1/tenants/gazette";
    private static final Tokens TOKENS = new Tokens();

    @Inject Post post;

    private String key;
    private String article;

    @BeforeEach
    void article() {
        Fixtures.ensure();
        key = "ruled-" + UUID.randomUUID();
        article = Fixtures.article("gazette", "gazette", key, List.of("local"));
    }

    @Test
    void rules_hold_reject_and_publish_and_staff_reads_which_one() {
        inForce(
                Map.of(
                        "mode",
                        "HOLD_FIRST",
                        "rules",
                        List.of(
                                rule("Local", "'local' in article.categories && signals.links == 0", "PUBLISH"),
                                rule("Length", "comment.length > 300", "HOLD"),
                                rule("Lures", "'lure.example' in signals.linkHosts", "REJECT"))));

        Fixtures.submit("gazette", key, comment(calm())).then().statusCode(201).body("status", is("PUBLISHED"));
        var lure = Fixtures.submit("gazette", key, comment(calm() + " https://lure.example/a"));
        lure.then().statusCode(201).body("status", is("REJECTED")).body("reasons.code", hasItem("REVIEW"));
        var held = Fixtures.submit("gazette", key, comment(calm() + " It is long.".repeat(30)));
        held.then().statusCode(201).body("status", is("HELD")).body("reasons.code", contains("REVIEW"));
        assertThat(held.asString()).doesNotContain("Length");
        assertThat(reasons(held.path("id"), "code")).containsExactly("RULE");
        assertThat(reasons(held.path("id"), "detail")).containsExactly("rule “Length”: as agreed");
        given().auth()
                .oauth2(TOKENS.moderatorOf("gazette"))
                .get(T + "/queue?reason=RULE")
                .then()
                .statusCode(200)
                .body("items.comment.id", hasItem(held.<String>path("id")));
    }

    @Test
    void only_what_was_written_after_the_proof_makes_a_regular() throws SQLException {
        inForce(
                Map.of(
                        "mode",
                        "HOLD_FIRST",
                        "rules",
                        List.of(
                                rule(
                                        "Regulars",
                                        "commenter.approvedCount >= 1 && !commenter.firstComment",
                                        "PUBLISH"))));
        var address = comment(calm());
        var first = Fixtures.submit("gazette", key, address);
        var token = first.<String>path("readerToken");
        approve(first.path("id"));
        assertThat(again(address, token).<String>path("status")).as("nothing is proven").isEqualTo("HELD");

        post.prove(first.path("id"));
        var proven = again(address, token);
        assertThat(proven.<String>path("status")).as("the first since the proof").isEqualTo("HELD");
        approve(proven.path("id"));

        assertThat(again(address, token).<String>path("status")).isEqualTo("PUBLISHED");
        assertThat(Fixtures.submit("gazette", key, address("Imposing", address)).<String>path("status"))
                .as("the address alone proves nothing")
                .isEqualTo("HELD");
    }

    @Test
    void an_edit_obeys_the_rules_in_force_when_it_is_made() {
        var published = Fixtures.submit("gazette", key, comment(calm()));
        var lured = Fixtures.submit("gazette", key, comment(calm()));
        var held = Fixtures.submit("gazette", key, comment(calm() + " https://paper.example/a"));
        published.then().body("status", is("PUBLISHED"));
        held.then().body("status", is("HELD"));
        inForce(
                Map.of(
                        "rules",
                        List.of(
                                rule("Length", "comment.length > 300", "HOLD"),
                                rule("Lures", "'lure.example' in signals.linkHosts", "REJECT"),
                                rule("Papers", "signals.linkHosts == ['paper.example']", "PUBLISH"))));

        assertThat(edited(published, calm() + " It is long.".repeat(30))).isEqualTo("HELD");
        assertThat(full(published.path("id")).getList("revisions[1].judgement.reasons.detail"))
                .containsExactly("rule “Length”: as agreed");
        assertThat(full(published.path("id")).getList("revisions[0].judgement.reasons"))
                .as("what was written before stays as it was judged")
                .isEmpty();
        assertThat(edited(lured, calm() + " https://lure.example/a")).isEqualTo("REJECTED");
        assertThat(full(lured.path("id")).getString("revisions[1].judgement.reasons[0].detail"))
                .isEqualTo("rule “Lures”: as agreed");
        assertThat(edited(held, calm() + " https://paper.example/b")).isEqualTo("PUBLISHED");
        assertThat(full(held.path("id")).getList("revisions[1].judgement.reasons.detail"))
                .containsExactly("rule “Papers”: as agreed");
    }

    @Test
    void what_can_not_be_known_holds() {
        inForce(Map.of("rules", List.of(rule("Threats", "scores.severe_toxicity < 2.0", "PUBLISH"))));
        var sent = Fixtures.submit("gazette", key, comment(calm()));

        var record = full(sent.path("id"));
        if (record.getMap("revisions[0].scores.byAttribute").containsKey("severe_toxicity")) {
            assertThat(sent.<String>path("status")).isEqualTo("PUBLISHED");
        } else {
            assertThat(sent.<String>path("status")).isEqualTo("HELD");
            assertThat(reasons(sent.path("id"), "detail")).containsExactly("rule “Threats” could not be decided");
        }
    }

    @Test
    void wrong_rules_are_told_while_typing_and_refused_when_saved() {
        Map<String, Object> wrong = Map.of("rules", List.of(rule("Wrong", "scores.toxcity > 0.5", "HOLD")));

        check(wrong)
                .then()
                .statusCode(200)
                .body("valid", is(false))
                .body("errors.rule", contains(0))
                .body("errors.line", contains(1))
                .body("errors.column", contains(7))
                .body("variables.name", hasItem("scores.toxicity"));
        check(Map.of("rules", List.of(Map.of("name", "", "when", "", "then", "HOLD"))))
                .then()
                .statusCode(200)
                .body("valid", is(false))
                .body("errors.rule", everyItem(is(0)));
        check(Map.of("rules", List.of(Map.of("name", "a", "when", "scored", "then", "SHOUT")))).then().statusCode(400);
        put(wrong, 0)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", contains("document.rules[0].when"));
        given().auth()
                .oauth2(TOKENS.moderatorOf("gazette"))
                .contentType(JSON)
                .body(Map.of("document", Map.of()))
                .post(T + "/policies/checks")
                .then()
                .statusCode(403);
    }

    private static Map<String, Object> rule(String name, String when, String then) {
        return Map.of("name", name, "when", when, "then", then, "reason", "as agreed");
    }

    private void inForce(Map<String, Object> document) {
        put(document, 0).then().statusCode(200);
    }

    private Response put(Map<String, Object> document, int basedOn) {
        return given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .contentType(JSON)
                .body(
                        Map.of(
                                "scope",
                                "ARTICLE",
                                "scopeRef",
                                article,
                                "basedOn",
                                basedOn,
                                "reason",
                                "for a test",
                                "document",
                                document))
                .put(T + "/policies");
    }

    private static Response check(Map<String, Object> document) {
        return given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .contentType(JSON)
                .body(Map.of("document", document))
                .post(T + "/policies/checks");
    }

    /** Another calm text from the same address, by whom holds its token. */
    private Response again(Map<String, Object> address, String token) {
        return given().header("Reader-Token", token)
                .contentType(JSON)
                .body(address((String) address.get("name"), address))
                .post("/api/v1/sites/gazette/articles/{a}/comments", key);
    }

    /** The status after an edit by its commenter. */
    private static String edited(Response sent, String body) {
        return given().header("Edit-Token", sent.<String>path("editToken"))
                .contentType(JSON)
                .body(Map.of("body", body))
                .patch("/api/v1/sites/gazette/comments/{id}", sent.<String>path("id"))
                .then()
                .statusCode(200)
                .extract()
                .path("status");
    }

    private static Map<String, Object> address(String name, Map<String, Object> of) {
        return Map.of("name", name, "email", of.get("email"), "body", calm());
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

    private static List<String> reasons(String comment, String member) {
        return full(comment).getList("revisions[0].judgement.reasons." + member);
    }

    private static void approve(String comment) {
        given().auth()
                .oauth2(TOKENS.moderatorOf("gazette"))
                .contentType(JSON)
                .body(Map.of("revision", 1, "stateVersion", 0, "action", "APPROVE"))
                .post(T + "/comments/{id}/decisions", comment)
                .then()
                .statusCode(200);
    }
}
