package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.audit.AuditChain;
import dev.parley.standalone.DemoUsers;
import dev.parley.tenant.Loads;
import dev.parley.tenant.TenantContext;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.SmtpResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What admins do in the console apart from moderating: members, trail, models, articles. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
@WithTestResource(SmtpResource.class)
class AdministrationTest {

    private static final Tokens TOKENS = new Tokens();
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String T = "/api/v1/tenants/gazette";

    @Inject AuditChain chain;
    @Inject TenantContext context;
    @Inject Closing closing;
    @Inject Loads loads;

    @BeforeEach
    void tenants() {
        Fixtures.ensure();
    }

    // --- Members ---

    @Test
    void a_member_who_is_changed_is_so_at_the_next_call() {
        var sport = Fixtures.siteId("gazette", "gazette-sport");
        var id = Fixtures.member("gazette", DemoUsers.GAZETTE_FORMER, "ADMIN", List.of());
        var theirs = TOKENS.of(DemoUsers.GAZETTE_FORMER);
        given().auth().oauth2(theirs).get(T + "/members").then().statusCode(200);

        change(id, Map.of("role", "MODERATOR", "sites", List.of(sport), "name", "Finn F."))
                .statusCode(200)
                .body("role", is("MODERATOR"))
                .body("sites", contains(sport))
                .body("name", is("Finn F."));

        given().auth().oauth2(theirs).get(T + "/members").then().statusCode(403);
        given().auth().oauth2(theirs).get(T + "/sites").then().body("items.key", contains("gazette-sport"));
        change(id, Map.of("sites", List.of())).statusCode(200).body("sites", is(empty())).body("name", is("Finn F."));
        given().auth().oauth2(theirs).get(T + "/sites").then().body("items.key", hasItem("gazette"));
        admin().queryParam("subject", id)
                .get(T + "/audit")
                .then()
                .body("items.action", hasItem("MEMBER_CHANGED"))
                .body("items.actor.name", hasItem(DemoUsers.GAZETTE_ADMIN.displayName()));
        change(id, Map.of("name", "  ")).statusCode(400);
        change(id, Map.of("sites", List.of(Fixtures.siteId("herald", "herald")))).statusCode(404);
        change(UUID.randomUUID().toString(), Map.of("role", "ADMIN")).statusCode(404);
        admin().delete(T + "/members/{i}", id).then().statusCode(204);
    }

    @Test
    void the_last_admin_can_be_neither_lowered_nor_removed_even_by_two_at_once() throws Exception {
        String first = admin().get(T + "/members").path("items.find { it.role == 'ADMIN' }.id");
        change(first, Map.of("role", "MODERATOR")).statusCode(409);
        admin().delete(T + "/members/{i}", first).then().statusCode(409);

        var second = Fixtures.member("gazette", DemoUsers.GAZETTE_FORMER, "ADMIN", List.of());
        var other = TOKENS.of(DemoUsers.GAZETTE_FORMER);
        int refused = 0;
        try (var two = Executors.newFixedThreadPool(2)) {
            var one = two.submit(() -> change(second, Map.of("role", "MODERATOR")).extract().statusCode());
            var another =
                    two.submit(() ->
                            given().auth()
                                    .oauth2(other)
                                    .contentType(JSON)
                                    .body(Map.of("role", "MODERATOR"))
                                    .patch(T + "/members/{i}", first)
                                    .statusCode());
            refused += one.get() == 200 ? 0 : 1;
            refused += another.get() == 200 ? 0 : 1;
        }
        assertThat(refused).isOne();
        // Whoever is left makes it as it was.
        var left =
                given().auth().oauth2(other).get(T + "/members").statusCode() == 200
                        ? other
                        : TOKENS.adminOf("gazette");
        given().auth().oauth2(left).contentType(JSON).body(Map.of("role", "ADMIN")).patch(T + "/members/{i}", first);
        admin().delete(T + "/members/{i}", second).then().statusCode(204);
    }

    // --- Trail ---

    @Test
    void the_trail_is_filtered_by_actor_subject_and_time() {
        var site = Fixtures.siteId("gazette", "gazette");
        String me = admin().get(T + "/members").path("items.find { it.role == 'ADMIN' }.id");

        admin().queryParam("subject", site)
                .queryParam("subjectKind", "site")
                .get(T + "/audit")
                .then()
                .statusCode(200)
                .body("items.action", everyItem(startsWith("SITE_")))
                .body("items.size()", greaterThan(0));
        admin().queryParam("actor", me)
                .get(T + "/audit")
                .then()
                .body("items.actor.id", everyItem(is(me)))
                .body("items.actor.name", everyItem(is(DemoUsers.GAZETTE_ADMIN.displayName())));
        admin().queryParam("to", "2020-01-01").get(T + "/audit").then().statusCode(200).body("items", is(empty()));
        admin().queryParam("from", "2020-01-01").get(T + "/audit").then().body("items.size()", greaterThan(3));
        admin().queryParam("from", "yesterday").get(T + "/audit").then().statusCode(400);
        String cursor = admin().queryParam("limit", 1).get(T + "/audit").path("cursor");
        admin().queryParam("cursor", cursor).queryParam("actor", me).get(T + "/audit").then().statusCode(400);
    }

    @Test
    void the_trail_leaves_as_lines_that_are_chained_and_only_the_own_ones() throws Exception {
        for (var tenant : List.of("gazette", "herald")) {
            context.run(
                    tenant,
                    () -> {
                        while (chain.seal(tenant, AuditChain.Look.EVERYWHERE) > 0) {
                            // The next batch.
                        }
                    });
        }
        var lines = export("gazette");

        assertThat(lines).hasSizeGreaterThan(5);
        var previous = "0".repeat(64);
        long seq = 0;
        for (var line : lines) {
            assertThat(line.get("seq").asLong()).isEqualTo(++seq);
            assertThat(line.get("previousHash").asText()).isEqualTo(previous);
            previous = line.get("hash").asText();
            assertThat(MAPPER.readTree(line.get("detail").asText()).isObject()).isTrue();
        }
        var own = lines.stream().map(l -> l.get("id").asText()).toList();
        assertThat(export("herald")).noneMatch(line -> own.contains(line.get("id").asText()));
        assertThat(admin().queryParam("to", "2020-01-01").get(T + "/audit/export").asString()).isEmpty();
        admin().queryParam("from", "x").get(T + "/audit/export").then().statusCode(400);
        given().auth().oauth2(TOKENS.moderatorOf("gazette")).get(T + "/audit/export").then().statusCode(403);
    }

    private static List<JsonNode> export(String tenant) throws Exception {
        var answer = given().auth().oauth2(TOKENS.adminOf(tenant)).get("/api/v1/tenants/{t}/audit/export", tenant);
        answer.then().statusCode(200).contentType("application/x-ndjson");
        try (var values = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(answer.asString())) {
            return values.readAll();
        }
    }

    // --- Models ---

    @Test
    void every_shipped_model_is_listed_with_its_figures_and_its_card() {
        var models = moderator().get(T + "/models").then().statusCode(200).extract();

        assertThat(models.<List<String>>path("items.language")).contains("en", "de", "fr", "pt", "ru");
        assertThat(models.<List<Boolean>>path("items.card")).hasSizeGreaterThan(9).containsOnly(true);
        assertThat(models.<Float>path("items.find { it.language == 'en' && it.attribute == 'toxicity' }.figures.auc"))
                .isBetween(0.9f, 1f);
        assertThat(models.<List<Integer>>path("items.figures.texts")).allMatch(n -> n > 100);
        moderator()
                .get(T + "/models/en/toxicity/card")
                .then()
                .statusCode(200)
                .body("markdown", startsWith("# Model card: toxicity, en"));
        moderator().get(T + "/models/en/../card").then().statusCode(400);
        moderator().get(T + "/models/en/kindness/card").then().statusCode(404);
    }

    // --- Articles ---

    @Test
    void articles_are_found_by_words_and_state_with_what_waits_under_them() {
        var site = Fixtures.siteId("gazette", "gazette");
        var key = "Quarry-" + UUID.randomUUID();
        Fixtures.article("gazette", "gazette", key, List.of("local"));
        Fixtures.published("gazette", key, Fixtures.calm());
        Fixtures.held("gazette", key);
        var path = T + "/sites/" + site + "/articles";

        moderator()
                .queryParam("q", "ABOUT " + key.toLowerCase(java.util.Locale.ROOT))
                .get(path)
                .then()
                .statusCode(200)
                .body("items.key", contains(key))
                .body("items[0].comments", is(2))
                .body("items[0].commentCount", is(1))
                .body("items[0].pending", is(1))
                .body("items[0].open", is(true));
        moderator().queryParam("q", key).queryParam("open", false).get(path).then().body("items", is(empty()));
        moderator().queryParam("q", "%").get(path).then().body("items", is(empty()));
        var page = moderator().queryParam("limit", 1).get(path).then().extract();
        moderator()
                .queryParam("limit", 1)
                .queryParam("cursor", page.<String>path("cursor"))
                .get(path)
                .then()
                .statusCode(200)
                .body("items.key", not(is(page.<List<String>>path("items.key"))));
    }

    @Test
    void an_article_is_read_by_its_id_by_those_who_may_see_its_site() {
        var key = "quay-" + UUID.randomUUID();
        var id = Fixtures.article("gazette", "gazette", key, List.of("local"));
        Fixtures.published("gazette", key, Fixtures.calm());
        Fixtures.held("gazette", key);
        var match = Fixtures.article("gazette", "gazette-sport", "final-" + UUID.randomUUID(), List.of("sport"));
        var listed =
                moderator()
                        .queryParam("q", key)
                        .get(T + "/sites/" + Fixtures.siteId("gazette", "gazette") + "/articles")
                        .then()
                        .extract()
                        .<Map<String, Object>>path("items[0]");

        var read =
                moderator().get(T + "/articles/" + id).then().statusCode(200).extract().<Map<String, Object>>path("");

        assertThat(read)
                .isEqualTo(listed)
                .containsEntry("key", key)
                .containsEntry("comments", 2)
                .containsEntry("pending", 1);
        var sport = TOKENS.of(DemoUsers.GAZETTE_SPORT_MODERATOR);
        given().auth().oauth2(sport).get(T + "/articles/" + match).then().statusCode(200).body("id", is(match));
        for (var hidden : List.of(id, UUID.randomUUID().toString())) {
            given().auth()
                    .oauth2(sport)
                    .get(T + "/articles/" + hidden)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("type", is("/problems/not-found"))
                    .body("detail", is("No such article"));
        }
        for (var nonsense : List.of("no-id", key)) {
            moderator().get(T + "/articles/" + nonsense).then().statusCode(404).contentType("application/problem+json");
        }
        given().auth()
                .oauth2(TOKENS.adminOf("herald"))
                .get("/api/v1/tenants/herald/articles/" + id)
                .then()
                .statusCode(404)
                .body("detail", is("No such article"));
    }

    // --- Statistics ---

    @Test
    void statistics_count_what_came_in_and_what_waits_on_the_sites_that_one_may_see() {
        var article = Fixtures.newArticle("gazette", "gazette");
        var site = Fixtures.siteId("gazette", "gazette");
        var before = statistics(site);
        var herald = given().auth().oauth2(TOKENS.adminOf("herald")).get("/api/v1/tenants/herald/statistics");
        Fixtures.published("gazette", article, Fixtures.calm());
        var held = Fixtures.held("gazette", article);
        Fixtures.held("gazette", article);
        admin().contentType(JSON)
                .body(Map.of("revision", 1, "stateVersion", 0, "action", "APPROVE"))
                .post(T + "/comments/{c}/decisions", held)
                .then()
                .statusCode(200);

        var after = statistics(site);
        assertThat(after.<Integer>get("days.size()")).isEqualTo(30);
        for (var grown : Map.of("submitted", 3, "published", 1, "held", 2).entrySet()) {
            assertThat(after.getInt("days[29]." + grown.getKey()) - before.getInt("days[29]." + grown.getKey()))
                    .as(grown.getKey())
                    .isEqualTo(grown.getValue());
        }
        assertThat(after.<Map<String, Integer>>get("days[29].byReason")).containsKey("TOXICITY");
        assertThat(after.getInt("queue.pending") - before.getInt("queue.pending")).isOne();
        assertThat(after.getString("queue.oldest")).isNotNull();
        assertThat(after.getDouble("queue.ageSeconds.p90"))
                .isGreaterThanOrEqualTo(after.getDouble("queue.ageSeconds.p50"));
        assertThat(after.getInt("queue.byAge[0].pending") - before.getInt("queue.byAge[0].pending")).isOne();
        assertThat(after.getInt("decisions.byDay[29].count") - before.getInt("decisions.byDay[29].count")).isOne();
        assertThat(after.<Object>get("decisions.byMember")).isNotNull();
        moderator().get(T + "/statistics").then().statusCode(200).body("decisions", not(hasKey("byMember")));
        assertThat(
                        given().auth()
                                .oauth2(TOKENS.adminOf("herald"))
                                .get("/api/v1/tenants/herald/statistics")
                                .path("days[29]")
                                .toString())
                .isEqualTo(herald.path("days[29]").toString());

        var sport = given().auth().oauth2(TOKENS.of(DemoUsers.GAZETTE_SPORT_MODERATOR));
        sport.queryParam("site", site).get(T + "/statistics").then().statusCode(404);
        given().auth()
                .oauth2(TOKENS.of(DemoUsers.GAZETTE_SPORT_MODERATOR))
                .get(T + "/statistics")
                .then()
                .statusCode(200)
                .body(
                        "queue.pending",
                        is(statistics(Fixtures.siteId("gazette", "gazette-sport")).getInt("queue.pending")));
        admin().queryParam("site", Fixtures.siteId("herald", "herald")).get(T + "/statistics").then().statusCode(404);
        for (var bad : List.of("from=x", "from=2026-02-02&to=2026-02-01", "from=2020-01-01&to=2022-01-01")) {
            admin().get(T + "/statistics?" + bad).then().statusCode(400);
        }
        admin().get(T + "/statistics?from=2024-02-28&to=2024-03-01")
                .then()
                .body("days.day", contains("2024-02-28", "2024-02-29", "2024-03-01"));
    }

    private static io.restassured.path.json.JsonPath statistics(String site) {
        return admin().queryParam("site", site).get(T + "/statistics").then().statusCode(200).extract().jsonPath();
    }

    // --- Settings ---

    @Test
    void what_was_rejected_and_has_no_text_any_more_is_not_published_again() throws Exception {
        var settings = admin().get(T + "/settings").then().statusCode(200).extract().<Map<String, Object>>path("");
        var kept = new java.util.HashMap<>(settings);
        kept.put("rejectedRetentionDays", 30);
        admin().contentType(JSON)
                .body(kept)
                .put(T + "/settings")
                .then()
                .statusCode(200)
                .body("rejectedRetentionDays", is(30));
        for (var bad : List.of(29, 3651)) {
            kept.put("rejectedRetentionDays", bad);
            admin().contentType(JSON).body(kept).put(T + "/settings").then().statusCode(400);
        }
        admin().contentType(JSON)
                .body(settings)
                .put(T + "/settings")
                .then()
                .body("", not(hasKey("rejectedRetentionDays")));

        var held = Fixtures.held("gazette", Fixtures.newArticle("gazette", "gazette"));
        decide(held, 0, Map.of("action", "REJECT", "reason", "ABUSE")).statusCode(200);
        try (var connection = PostgresResource.asSuperuser();
                var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "update parley.revision set body = '' where comment_id = '" + UUID.fromString(held) + "'");
        }
        decide(held, 1, Map.of("action", "APPROVE"))
                .statusCode(409)
                .body("detail", is("The text of this comment was erased"));
    }

    private static io.restassured.response.ValidatableResponse decide(
            String comment, int seen, Map<String, Object> how) {
        var body = new java.util.HashMap<>(how);
        body.put("revision", 1);
        body.put("stateVersion", seen);
        return admin().contentType(JSON).body(body).post(T + "/comments/{c}/decisions", comment).then();
    }

    // --- Operator ---

    @Test
    void closing_waits_can_be_taken_back_and_destroys_the_keys_in_the_end() throws Exception {
        var id = "closing-" + Long.toString(System.nanoTime(), 36);
        Fixtures.tenant(id, DemoUsers.NEWCOMER);
        var theirs = TOKENS.of(DemoUsers.NEWCOMER);
        given().auth()
                .oauth2(theirs)
                .contentType(JSON)
                .body(Map.of("email", "somebody@mail.example", "name", "Some Body", "role", "MODERATOR"))
                .post("/api/v1/tenants/{t}/invitations", id)
                .then()
                .statusCode(201);

        state(id, Map.of("status", "CLOSED")).statusCode(400);
        state(id, Map.of("status", "CLOSING", "confirm", id)).statusCode(400);
        String closesAt =
                state(id, Map.of("status", "CLOSED", "confirm", id))
                        .statusCode(200)
                        .body("status", is("CLOSING"))
                        .extract()
                        .path("closesAt");
        assertThat(java.time.Instant.parse(closesAt)).isAfter(java.time.Instant.now().plusSeconds(6 * 86_400));
        given().auth().oauth2(theirs).get("/api/v1/tenants/{t}/settings", id).then().statusCode(404);
        given().auth().oauth2(theirs).get("/api/v1/me").then().body("tenants", not(hasItem(id)));
        closing.close();
        state(id, Map.of("status", "CLOSED", "confirm", id)).body("closesAt", startsWith(closesAt.substring(0, 19)));

        state(id, Map.of("status", "ACTIVE")).statusCode(200).body("", not(hasKey("closesAt")));
        given().auth().oauth2(theirs).get("/api/v1/tenants/{t}/settings", id).then().statusCode(200);

        state(id, Map.of("status", "CLOSED", "confirm", id)).statusCode(200);
        assertThat(keys(id)).isEqualTo(4);
        try (var connection = PostgresResource.asSuperuser();
                var statement = connection.createStatement()) {
            statement.executeUpdate("update parley.tenant set closes_at = now() where id = '" + id + "'");
        }
        closing.close();
        assertThat(keys(id)).isOne();
        state(id, Map.of("status", "ACTIVE")).statusCode(409);

        var other = "closed-" + Long.toString(System.nanoTime(), 36);
        Fixtures.tenant(other, DemoUsers.NEWCOMER);
        state(other, Map.of("status", "CLOSED", "confirm", other, "now", true))
                .statusCode(200)
                .body("status", is("CLOSED"));
    }

    @Test
    void the_operator_sees_how_much_a_tenant_uses_and_nothing_else() {
        Fixtures.published("gazette", Fixtures.newArticle("gazette", "gazette"), Fixtures.calm());

        loads.measure();

        var gazette =
                given().auth()
                        .oauth2(TOKENS.operator())
                        .get("/api/v1/operator/tenants")
                        .then()
                        .statusCode(200)
                        .extract()
                        .<Map<String, Object>>path("items.find { it.id == 'gazette' }");
        assertThat(gazette.keySet())
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "status",
                        "createdAt",
                        "sites",
                        "members",
                        "comments",
                        "commentsLastDay",
                        "pending",
                        "measuredAt");
        int sites = moderator().get(T + "/sites").then().statusCode(200).extract().path("items.size()");
        assertThat(gazette.get("sites")).isEqualTo(sites);
        assertThat((int) gazette.get("comments")).isPositive();
        assertThat((int) gazette.get("commentsLastDay")).isPositive();
    }

    private static io.restassured.response.ValidatableResponse state(String tenant, Map<String, Object> change) {
        return given().auth()
                .oauth2(TOKENS.operator())
                .contentType(JSON)
                .body(change)
                .patch("/api/v1/operator/tenants/{t}", tenant)
                .then();
    }

    private static long keys(String tenant) throws Exception {
        try (var connection = PostgresResource.asSuperuser();
                var rows =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select count(*) from parley.tenant_keyset where tenant_id = '"
                                                + tenant
                                                + "'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static io.restassured.response.ValidatableResponse change(String id, Map<String, Object> change) {
        return admin().contentType(JSON).body(change).patch(T + "/members/{i}", id).then();
    }

    private static RequestSpecification admin() {
        return given().auth().oauth2(TOKENS.adminOf("gazette"));
    }

    private static RequestSpecification moderator() {
        return given().auth().oauth2(TOKENS.moderatorOf("gazette"));
    }
}
