package dev.parley.intake;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readers who are asked first whether they want to say differently what reads as hostile. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class NudgeTest {

    /** All that a submission writes to. */
    private static final List<String> WRITTEN =
            List.of(
                    "comment",
                    "revision",
                    "commenter",
                    "commenter_address",
                    "statement",
                    "queue_item",
                    "idempotency",
                    "outbox_event",
                    "audit_entry");

    private final Tokens tokens = new Tokens();
    private String article;
    private String insult;

    @BeforeEach
    void tenants() {
        Fixtures.ensure();
        article = Fixtures.newArticle("gazette", "gazette");
        insult = Fixtures.INSULT + " " + UUID.randomUUID();
    }

    @AfterEach
    void as_at_first() {
        settings(Map.of()).then().statusCode(200);
    }

    @Test
    void nobody_is_asked_unless_the_tenant_and_the_client_want_it() {
        settings(Map.of()).then().body("nudges", is(false));
        send(insult, true).then().statusCode(201).body("status", is("HELD"));

        settings(Map.of("nudges", true)).then().statusCode(200).body("nudges", is(true));
        given().auth()
                .oauth2(tokens.adminOf("gazette"))
                .get("/api/v1/tenants/gazette/settings")
                .then()
                .body("nudges", is(true));
        given().auth()
                .oauth2(tokens.adminOf("gazette"))
                .queryParam("action", "SETTINGS_CHANGED")
                .get("/api/v1/tenants/gazette/audit")
                .then()
                .body("items[0].detail.settings.nudges", is(true));
        send(insult + " a", false).then().statusCode(201).body("status", is("HELD"));
        send(insult + " b", null).then().statusCode(201).body("status", is("HELD"));
        // The other tenant did not say so.
        var fields = Fixtures.comment(insult);
        fields.put("nudge", true);
        Fixtures.submit("herald", "harbour-bridge", fields).then().statusCode(201).body("status", is("HELD"));

        var odd = Fixtures.comment(Fixtures.calm());
        odd.put("nudge", "yes");
        Fixtures.submit("gazette", article, odd).then().statusCode(400);
    }

    @Test
    void who_is_asked_first_leaves_nothing_behind_and_may_say_it_differently() throws SQLException {
        settings(Map.of("nudges", true));
        var fields = Fixtures.comment(insult);
        fields.put("nudge", true);
        fields.put("notify", true);
        var key = UUID.randomUUID().toString();
        var before = rows();

        var asked = keyed(key, fields);

        asked.then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", is("/problems/reconsider"))
                .body("title", is("Others may read this as hostile"))
                .body("detail", is("Say it differently, or send it as it is with nudge false"));
        assertThat(asked.jsonPath().getMap("").keySet())
                .containsExactlyInAnyOrder("type", "title", "status", "detail", "instance");
        assertThat(rows()).isEqualTo(before);
        given().get("/api/v1/sites/gazette/articles/{a}/comments", article).then().body("count", is(0));

        // The key is free, also for other words, which are asked about as long as they are hostile.
        fields.put("body", insult + ", again");
        keyed(key, fields).then().statusCode(422).body("type", is("/problems/reconsider"));
        fields.put("body", Fixtures.calm());
        var rewritten = keyed(key, fields);
        rewritten.then().statusCode(201).body("status", is("PUBLISHED"));
        assertThat(keyed(key, fields).asString()).isEqualTo(rewritten.asString());
    }

    @Test
    void what_is_sent_as_it_is_goes_the_usual_way_once() {
        settings(Map.of("nudges", true));
        var fields = Fixtures.comment(insult);
        fields.put("nudge", true);
        var key = UUID.randomUUID().toString();
        keyed(key, fields).then().statusCode(422);

        fields.put("nudge", false);
        var sent = keyed(key, fields);

        sent.then()
                .statusCode(201)
                .body("status", is("HELD"))
                .body("reasons.code", hasItem("TOXICITY"))
                .body("", not(hasKey("nudge")));
        assertThat(keyed(key, fields).asString()).isEqualTo(sent.asString());
        // A client that lost the answer and asks from the start gets it, too.
        fields.put("nudge", true);
        assertThat(keyed(key, fields).asString()).isEqualTo(sent.asString());
        fields.remove("nudge");
        assertThat(keyed(key, fields).asString()).isEqualTo(sent.asString());
    }

    @Test
    void what_is_rejected_by_its_score_or_read_first_anyway_is_asked_about_as_well() {
        settings(Map.of("nudges", true));
        policy(Map.of("thresholds", Map.of("toxicity", Map.of("hold", .3, "reject", .5))));
        send(insult, true).then().statusCode(422).body("type", is("/problems/reconsider"));
        send(insult, false).then().statusCode(201).body("status", is("REJECTED"));

        var fields = Fixtures.comment(insult);
        fields.put("nudge", true);
        Fixtures.submit("gazette", "ceasefire-talks", fields).then().statusCode(422);
    }

    @Test
    void a_policy_that_lets_hostility_pass_asks_nobody() {
        settings(Map.of("nudges", true));
        Map<String, Object> never = new HashMap<>();
        for (var attribute :
                List.of("toxicity", "severe_toxicity", "identity_attack", "insult", "profanity", "threat")) {
            never.put(attribute, Map.of());
        }
        policy(Map.of("thresholds", never));

        send(insult, true).then().statusCode(201).body("status", is("PUBLISHED"));
    }

    @Test
    void other_reasons_ask_nobody() {
        settings(Map.of("nudges", true, "personalData", "HOLD"));
        policy(
                Map.of(
                        "suspectWords",
                        List.of("zeppelin"),
                        "bannedWords",
                        List.of("dirigible"),
                        "rules",
                        List.of(Map.of("name", "Look", "when", "scores.toxicity >= 0.0", "then", "HOLD"))));

        judged("Buy followers https://follow.invalid https://follow.invalid https://follow.invalid", "SPAM");
        judged(Fixtures.calm() + " https://a.example https://b.example https://c.example https://d.example", "LINKS");
        judged(Fixtures.calm() + " Zeppelin.", "WORDS");
        judged(Fixtures.calm() + " Dirigible.", "WORDS");
        judged(Fixtures.calm() + " otter@mail.example", "PERSONAL_DATA");
        judged(Fixtures.calm(), "REVIEW"); // the rule
        var named = Fixtures.comment(Fixtures.calm());
        named.put("nudge", true);
        named.put("name", "Moderator");
        Fixtures.submit("gazette", article, named).then().statusCode(201).body("reasons.code", hasItem("NAME"));
        var repeated = Fixtures.calm();
        for (int i = 0; i < 2; i++) {
            send(repeated, true).then().statusCode(201);
        }
        judged(repeated, "REPEAT");
        var first = Fixtures.comment(Fixtures.calm());
        first.put("nudge", true);
        Fixtures.submit("gazette", "ceasefire-talks", first).then().statusCode(201).body("status", is("HELD"));
    }

    @Test
    void an_edit_is_asked_about_by_the_same_rules_and_stays_as_it_was_until_it_is_sent_again() throws SQLException {
        settings(Map.of("nudges", true));
        var calm = Fixtures.calm();
        var sent = send(calm, true).then().statusCode(201).body("status", is("PUBLISHED")).extract();
        String id = sent.path("id");
        String token = sent.path("editToken");
        var before = rows();

        edit("gazette", id, token, Map.of("body", insult, "nudge", true))
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", is("/problems/reconsider"))
                .body("detail", is("Say it differently, or send it as it is with nudge false"));
        assertThat(rows()).isEqualTo(before);
        given().get("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then()
                .body("items.body", is(List.of(calm)))
                .body("items[0]", not(hasKey("editedAt")));

        var calmer = Fixtures.calm();
        edit("gazette", id, token, Map.of("body", calmer, "nudge", true))
                .then()
                .statusCode(200)
                .body("status", is("PUBLISHED"))
                .body("comment.body", is(calmer));
        edit("gazette", id, token, Map.of("body", insult, "nudge", false))
                .then()
                .statusCode(200)
                .body("status", is("HELD"))
                .body("reasons.code", hasItem("TOXICITY"));
    }

    @Test
    void an_edit_is_judged_as_always_unless_the_tenant_and_the_client_want_to_ask() {
        settings(Map.of("nudges", true));
        var sent = send(Fixtures.calm(), true).then().statusCode(201).extract();
        edit("gazette", sent.path("id"), sent.path("editToken"), Map.of("body", insult))
                .then()
                .statusCode(200)
                .body("status", is("HELD"));
        // The other tenant did not say so.
        var theirs =
                Fixtures.submit("herald", "harbour-bridge", Fixtures.comment(Fixtures.calm()))
                        .then()
                        .statusCode(201)
                        .extract();
        edit("herald", theirs.path("id"), theirs.path("editToken"), Map.of("body", insult, "nudge", true))
                .then()
                .statusCode(200)
                .body("status", is("HELD"));
        // A wrong token learns nothing of the text.
        var own = send(Fixtures.calm(), true).then().statusCode(201).extract();
        edit("gazette", own.path("id"), theirs.path("editToken"), Map.of("body", insult, "nudge", true))
                .then()
                .statusCode(404);
    }

    private Response edit(String site, String id, String token, Map<String, Object> fields) {
        return given().header("Edit-Token", token)
                .contentType(JSON)
                .body(fields)
                .patch("/api/v1/sites/{s}/comments/{id}", site, id);
    }

    private void judged(String body, String reason) {
        send(body, true).then().statusCode(201).body("status", not("PUBLISHED")).body("reasons.code", hasItem(reason));
    }

    private Response send(String body, Boolean nudge) {
        var fields = Fixtures.comment(body);
        if (nudge != null) {
            fields.put("nudge", nudge);
        }
        return Fixtures.submit("gazette", article, fields);
    }

    private Response keyed(String key, Map<String, Object> fields) {
        return given().header("Idempotency-Key", key)
                .contentType(JSON)
                .body(fields)
                .post("/api/v1/sites/gazette/articles/{a}/comments", article);
    }

    /** Puts a policy in force for the test's own article. */
    private void policy(Map<String, Object> document) {
        given().auth()
                .oauth2(tokens.adminOf("gazette"))
                .contentType(JSON)
                .body(
                        Map.of(
                                "scope",
                                "ARTICLE",
                                "scopeRef",
                                Fixtures.article("gazette", "gazette", article, List.of("local")),
                                "basedOn",
                                0,
                                "reason",
                                "a test",
                                "document",
                                document))
                .put("/api/v1/tenants/gazette/policies")
                .then()
                .statusCode(200);
    }

    private Response settings(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("replyDepth", 3);
        settings.put("editWindowSeconds", 300);
        settings.put("hideWhileEditIsHeld", false);
        return given().auth()
                .oauth2(tokens.adminOf("gazette"))
                .contentType(JSON)
                .body(settings)
                .put("/api/v1/tenants/gazette/settings");
    }

    private static Map<String, Long> rows() throws SQLException {
        var rows = new TreeMap<String, Long>();
        try (var connection = PostgresResource.asSuperuser();
                var statement = connection.createStatement()) {
            for (var table : WRITTEN) {
                try (var counted = statement.executeQuery("select count(*) from parley." + table)) {
                    counted.next();
                    rows.put(table, counted.getLong(1));
                }
            }
        }
        return rows;
    }
}
