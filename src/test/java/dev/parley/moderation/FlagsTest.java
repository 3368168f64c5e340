package dev.parley.moderation;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import dev.parley.testing.Fixtures;
import dev.parley.testing.HistoryChecker;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readers' reports, from the button to the moderator's decision, with a second tenant beside. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class FlagsTest {

    private static final String FLAGS = "/api/v1/sites/{s}/comments/{id}/flags";

    private final Tokens tokens = new Tokens();

    @Inject Flags flags;
    @Inject Sites sites;
    @Inject TenantContext context;

    /** Of its article alone, so that the queue that it asks for is its own; the whole has thousands by then. */
    private String category;

    private String article;

    /** What other tests left broken; after a test, what is so before the next. */
    private static @Nullable List<String> before;

    @BeforeEach
    void tenants() throws SQLException {
        Fixtures.ensure();
        category = "flags-" + UUID.randomUUID();
        article = "a-" + category;
        Fixtures.article("gazette", "gazette", article, List.of(category));
        if (before == null) {
            before = broken();
        }
    }

    /** Other tests erase addresses, which the checker tells of: here nothing may be added. */
    @AfterEach
    void what_holds_between_the_tables_holds() throws SQLException {
        var now = broken();
        var added = new ArrayList<>(now);
        added.removeAll(before);
        before = now;
        assertThat(added).isEmpty();
    }

    private static List<String> broken() throws SQLException {
        try (var connection = PostgresResource.asBackup()) {
            return new HistoryChecker(connection, "gazette").brokenInvariants();
        }
    }

    @Test
    void a_reported_comment_stays_visible_and_waits_for_a_moderator() {
        var id = published();

        flag(id, "HARASSMENT", "He means me.\nWrite to ann@mail.example").then().statusCode(202);

        given().get("/api/v1/sites/gazette/articles/{a}/comments", article).then().body("items.id", hasItem(id));
        var item = item(id);
        assertThat(item.getString("comment.status")).isEqualTo("PUBLISHED");
        assertThat(item.getString("reasons[0].code")).isEqualTo("FLAGGED");
        assertThat(item.getString("reasons[0].detail")).isEqualTo("reported by 1: HARASSMENT 1");
        assertThat(item.getString("flags[0].reason")).isEqualTo("HARASSMENT");
        assertThat(item.getString("flags[0].note")).isEqualTo("He means me.\nWrite to [email removed]");
        assertThat(item.getString("flags[0].createdAt")).isNotNull();
        assertThat(item.prettify()).doesNotContain("127.0.0").doesNotContain("network");
        queue("FLAGGED").then().body("items.comment.id", hasItem(id));
        queue("SPAM").then().body("items.comment.id", not(hasItem(id)));
    }

    @Test
    void the_same_network_counts_once_a_day_and_each_other_one_adds_to_the_risk() {
        var id = published();
        String first = flag(id, "SPAM", null).then().statusCode(202).extract().path("id");
        String again = flag(id, "OTHER", "again").then().statusCode(202).extract().path("id");
        assertThat(again).isEqualTo(first);
        assertThat(UUID.fromString(first).version()).isEqualTo(4);
        var one = item(id);
        assertThat(one.getList("flags")).hasSize(1);

        flagFrom("192.0.2.7", id, FlagReason.SPAM);
        flagFrom("192.0.2.99", id, FlagReason.SPAM); // the same /24
        flagFrom("2001:db8:1::5", id, FlagReason.OFF_TOPIC);

        var three = item(id);
        assertThat(three.getString("reasons[0].detail")).isEqualTo("reported by 3: SPAM 2, OFF_TOPIC 1");
        assertThat(three.getDouble("risk")).isGreaterThan(one.getDouble("risk"));

        flagFrom("198.51.100.1", id, FlagReason.ILLEGAL);
        assertThat(item(id).getDouble("risk")).isGreaterThanOrEqualTo(.95);
    }

    @Test
    void reports_sent_at_the_same_time_from_one_network_are_stored_once() throws Exception {
        var id = published();
        List<Callable<String>> senders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            senders.add(() -> flag(id, "SPAM", null).then().statusCode(202).extract().path("id"));
        }
        try (var executor = Executors.newFixedThreadPool(8)) {
            var ids = new ArrayList<String>();
            for (var answer : executor.invokeAll(senders)) {
                ids.add(answer.get());
            }
            assertThat(ids).containsOnly(ids.getFirst());
        }
        assertThat(item(id).getList("flags")).hasSize(1);
    }

    @Test
    void approving_a_reported_comment_keeps_it_and_settles_the_reports() {
        var id = published();
        flag(id, "HATE", null).then().statusCode(202);

        decide(id, 1, 0, Map.of("action", "APPROVE"))
                .then()
                .statusCode(200)
                .body("status", is("PUBLISHED"))
                .body("stateVersion", is(1));

        assertThat(items()).doesNotContain(id);
        given().get("/api/v1/sites/gazette/articles/{a}/comments", article).then().body("items.id", hasItem(id));
        // Nobody can decide on what is not in question any more.
        decide(id, 1, 0, Map.of("action", "APPROVE")).then().statusCode(409);
        decide(id, 1, 1, Map.of("action", "APPROVE")).then().statusCode(409);
        // What was approved is not brought back by more of the same, but by what may be illegal.
        flagFrom("192.0.2.8", id, FlagReason.HATE);
        assertThat(items()).doesNotContain(id);
        record(id).then().body("flags", hasSize(2));
        flagFrom("192.0.3.8", id, FlagReason.ILLEGAL);
        assertThat(items()).contains(id);
        given().auth()
                .oauth2(tokens.adminOf("gazette"))
                .queryParam("action", "FLAG_RECEIVED")
                .get("/api/v1/tenants/gazette/audit")
                .then()
                .statusCode(200)
                .body("items[0].subjectKind", is("flag"))
                .body("items[0].detail.comment", is(id));
    }

    @Test
    void an_edit_opens_an_approved_comment_to_reports_again_and_does_not_shed_open_ones() {
        var receipt =
                Fixtures.submit("gazette", article, Fixtures.comment(Fixtures.calm())).then().statusCode(201).extract();
        String id = receipt.path("id");
        flag(id, "SPAM", null).then().statusCode(202);
        decide(id, 1, 0, Map.of("action", "APPROVE")).then().statusCode(200);
        edit(receipt.path("editToken"), id, Fixtures.calm()).then().statusCode(200).body("status", is("PUBLISHED"));
        assertThat(items()).doesNotContain(id);

        flagFrom("192.0.2.9", id, FlagReason.SPAM);
        assertThat(items()).contains(id);
        edit(receipt.path("editToken"), id, Fixtures.calm()).then().statusCode(200).body("status", is("PUBLISHED"));
        assertThat(items()).contains(id);
        edit(receipt.path("editToken"), id, Fixtures.INSULT).then().statusCode(200).body("status", is("HELD"));
        assertThat(item(id).getList("reasons.code")).contains("FLAGGED").hasSizeGreaterThan(1);
        decide(id, 4, 4, Map.of("action", "APPROVE")).then().statusCode(200);
        assertThat(items()).doesNotContain(id);
    }

    @Test
    void rejecting_a_reported_comment_takes_it_away_with_a_statement() {
        var id = published();
        flag(id, "HATE", null).then().statusCode(202);

        decide(id, 1, 0, Map.of("action", "REJECT", "reason", "HATE"))
                .then()
                .statusCode(200)
                .body("status", is("REJECTED"));

        assertThat(items()).doesNotContain(id);
        record(id).then().body("statements", hasSize(1)).body("flags.reason", contains("HATE"));
        flag(id, "HATE", null).then().statusCode(404);
    }

    @Test
    void a_withdrawn_comment_leaves_the_queue_with_its_reports() {
        var receipt =
                Fixtures.submit("gazette", article, Fixtures.comment(Fixtures.calm())).then().statusCode(201).extract();
        String id = receipt.path("id");
        flag(id, "SPAM", null).then().statusCode(202);
        assertThat(items()).contains(id);
        given().header("Edit-Token", receipt.<String>path("editToken"))
                .delete("/api/v1/sites/gazette/comments/{id}", id)
                .then()
                .statusCode(204);
        assertThat(items()).doesNotContain(id);
    }

    @Test
    void only_what_readers_see_on_that_site_can_be_reported() {
        flag(Fixtures.held("gazette", article), "SPAM", null).then().statusCode(404);
        flag(UUID.randomUUID().toString(), "SPAM", null).then().statusCode(404);
        var id = published();
        given().contentType(JSON)
                .body(Map.of("reason", "SPAM"))
                .post(FLAGS, "gazette-sport", id)
                .then()
                .statusCode(404);
        given().contentType(JSON).body(Map.of("reason", "SPAM")).post(FLAGS, "herald", id).then().statusCode(404);
        assertThat(items()).doesNotContain(id);
        given().auth()
                .oauth2(tokens.moderatorOf("herald"))
                .get("/api/v1/tenants/herald/queue")
                .then()
                .statusCode(200)
                .body("items.comment.id", not(hasItem(id)));
    }

    @Test
    void bad_reports_are_refused_with_their_field() {
        var id = published();
        flag(id, "BORING", null).then().statusCode(400);
        flag(id, null, null).then().statusCode(400).body("errors.field", hasItem("reason"));
        flag(id, "OTHER", "x".repeat(501)).then().statusCode(400).body("errors.field", hasItem("note"));
        flag(id, "OTHER", "a\u202eb").then().statusCode(400).body("errors.field", hasItem("note"));
        given().contentType(JSON)
                .header("Origin", "https://evil.example")
                .body(Map.of("reason", "SPAM"))
                .post(FLAGS, "gazette", id)
                .then()
                .statusCode(403)
                .body("type", is("/problems/origin-not-allowed"));
        given().contentType("text/plain")
                .body("{\"reason\":\"SPAM\"}")
                .post(FLAGS, "gazette", id)
                .then()
                .statusCode(415);
        assertThat(items()).doesNotContain(id);
    }

    @Test
    void a_report_repeated_with_its_key_answers_alike() {
        var id = published();
        String first = keyed(id, "flag-key-" + id, "SPAM").then().statusCode(202).extract().asString();
        keyed(id, "flag-key-" + id, "SPAM").then().statusCode(202).body(is(first));
        keyed(id, "flag-key-" + id, "HATE").then().statusCode(422);
        keyed(id, "k".repeat(200), "SPAM").then().statusCode(400);
    }

    private String published() {
        return Fixtures.published("gazette", article, Fixtures.calm());
    }

    private static Response flag(String id, String reason, String note) {
        var body = new HashMap<String, Object>();
        body.put("reason", reason);
        body.put("note", note);
        return given().contentType(JSON)
                .header("Origin", "https://gazette.example")
                .body(body)
                .post(FLAGS, "gazette", id);
    }

    private static Response keyed(String id, String key, String reason) {
        return given().contentType(JSON)
                .header("Idempotency-Key", key)
                .body(Map.of("reason", reason))
                .post(FLAGS, "gazette", id);
    }

    private void flagFrom(String address, String id, FlagReason reason) {
        context.call(
                "gazette",
                () ->
                        flags.flag(
                                sites.byKey("gazette"),
                                UUID.fromString(id),
                                reason,
                                null,
                                InetAddress.ofLiteral(address)));
    }

    private Response queue(String reason) {
        return given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .queryParam("reason", reason)
                .queryParam("category", category)
                .queryParam("limit", 100)
                .get("/api/v1/tenants/gazette/queue");
    }

    private List<String> items() {
        return queueOf().getList("items.comment.id");
    }

    private JsonPath item(String id) {
        var all = queueOf();
        int index = all.<String>getList("items.comment.id").indexOf(id);
        assertThat(index).as("place in the queue of " + id).isNotNegative();
        return all.setRootPath("items[" + index + "]");
    }

    private JsonPath queueOf() {
        var everything = new ArrayList<Map<String, Object>>();
        String cursor = null;
        do {
            var request =
                    given().auth()
                            .oauth2(tokens.moderatorOf("gazette"))
                            .queryParam("category", category)
                            .queryParam("limit", 100);
            var page =
                    (cursor == null ? request : request.queryParam("cursor", cursor))
                            .get("/api/v1/tenants/gazette/queue")
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath();
            everything.addAll(page.getList("items"));
            cursor = page.getString("cursor");
        } while (cursor != null);
        try {
            return JsonPath.from(
                    new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(Map.of("items", everything)));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Response record(String id) {
        return given().auth().oauth2(tokens.moderatorOf("gazette")).get("/api/v1/tenants/gazette/comments/{id}", id);
    }

    private Response decide(String id, int revision, int stateVersion, Map<String, Object> action) {
        var body = new HashMap<>(action);
        body.put("revision", revision);
        body.put("stateVersion", stateVersion);
        return given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .contentType(JSON)
                .body(body)
                .post("/api/v1/tenants/gazette/comments/{id}/decisions", id);
    }

    private static Response edit(String token, String id, String body) {
        return given().header("Edit-Token", token)
                .contentType(JSON)
                .body(Map.of("body", body))
                .patch("/api/v1/sites/gazette/comments/{id}", id);
    }
}
