package dev.parley.statistics;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.parley.standalone.DemoUsers;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exact figures, of a tenant of its own with two sites; one moderator sees the first of them alone. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class StatisticsTest {

    private static final Tokens TOKENS = new Tokens();

    private final String tenant = "figures-" + UUID.randomUUID().toString().substring(0, 8);
    private final String first = tenant + "-first";
    private final String second = tenant + "-second";
    private String firstId;
    private String secondId;

    @BeforeEach
    void tenants() {
        Fixtures.ensure();
        Fixtures.tenant(tenant, DemoUsers.GAZETTE_ADMIN);
        firstId = site(first);
        secondId = site(second);
        admin().contentType(JSON)
                .body(
                        Map.of(
                                "subject",
                                DemoUsers.NEWCOMER.subject(),
                                "name",
                                "Nell",
                                "role",
                                "MODERATOR",
                                "sites",
                                List.of(firstId)))
                .post("/api/v1/tenants/{t}/members", tenant)
                .then()
                .statusCode(201);
    }

    @Test
    void decisions_are_counted_and_timed_by_the_day_they_were_made_on_in_utc() throws Exception {
        var one = held(first);
        var two = held(second);
        decided(firstId, one, "APPROVE", "2023-05-03T23:59:59.999Z", 7000, false);
        decided(firstId, one, "APPROVE", "2023-05-04T00:00:00Z", 60, false);
        decided(firstId, one, "REJECT", "2023-05-04T09:00:00Z", 120, false);
        decided(firstId, one, "SPAM", "2023-05-04T10:00:00Z", 180, false);
        decided(firstId, one, "APPROVE", "2023-05-04T11:00:00Z", 240, false);
        decided(firstId, one, "APPROVE", "2023-05-04T23:59:59.999Z", 600, false);
        decided(firstId, one, "ESCALATE", "2023-05-04T12:00:00Z", 9000, false);
        decided(firstId, one, "REJECT", "2023-05-04T12:00:00Z", 8000, true);
        decided(firstId, one, "REJECT", "2023-05-04T12:00:00Z", null, false);
        decided(secondId, two, "REJECT", "2023-05-04T12:00:00Z", 3600, false);
        decided(firstId, one, "REJECT", "2023-05-06T12:00:00Z", null, false);
        decided(secondId, two, "APPROVE", "2023-05-06T12:00:00Z", 86_400, false);
        decided(secondId, two, "APPROVE", "2023-05-07T00:00:00Z", 5000, false);
        // Another tenant's, on the same day.
        var other = Fixtures.held("gazette", Fixtures.newArticle("gazette", "gazette"));
        decided("gazette", Fixtures.siteId("gazette", "gazette"), other, "APPROVE", "2023-05-04T12:00:00Z", 99, false);

        figures(admin(), "?from=2023-05-04&to=2023-05-06")
                .body("decisions.byDay.day", contains("2023-05-04", "2023-05-05", "2023-05-06"))
                .body("decisions.byDay.count", contains(7, 0, 2))
                .body("decisions.byDay.secondsToDecision.p50", contains(210f, null, 86_400f))
                .body("decisions.byDay.secondsToDecision.p90", contains(2100f, null, 86_400f))
                .body("decisions.count", is(9))
                .body("decisions.secondsToDecision.p50", is(240f))
                .body("decisions.secondsToDecision.p90", is(36_720f))
                .body("decisions.byMember", hasSize(1))
                .body("days.submitted", contains(0, 0, 0));
        figures(admin(), "?from=2023-05-04&to=2023-05-04&site=" + secondId)
                .body("decisions.byDay.count", contains(1))
                .body("decisions.byDay.secondsToDecision.p50", contains(3600f));

        // One site's part, and nothing of who decided.
        figures(limited(), "?from=2023-05-04&to=2023-05-06")
                .body("decisions.byDay.count", contains(6, 0, 1))
                .body("decisions.byDay.secondsToDecision.p50", contains(180f, null, null))
                .body("decisions.byDay.secondsToDecision.p90", contains(456f, null, null))
                .body("decisions.count", is(7))
                .body("decisions", not(hasKey("byMember")))
                .body("decisions.byDay", everyItem(not(hasKey("byMember"))));
        limited()
                .get("/api/v1/tenants/{t}/statistics?site={s}", tenant, secondId)
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void what_waits_is_counted_by_how_long_it_has() throws Exception {
        figures(admin(), "").body("queue.byAge.pending", contains(0, 0, 0, 0, 0)).body("queue.pending", is(0));

        // Each span has something near its ends; a minute is more than this test takes from here to the answers.
        for (int minutes : List.of(0, 55, 61, 235, 241, 23 * 60, 25 * 60, 71 * 60, 73 * 60, 40 * 24 * 60)) {
            waitingFor(held(first), minutes);
        }
        waitingFor(held(second), 5 * 60);

        figures(admin(), "")
                .body("queue.byAge.fromSeconds", contains(0, 3600, 14_400, 86_400, 259_200))
                .body("queue.byAge.toSeconds", contains(3600, 14_400, 86_400, 259_200, null))
                .body("queue.byAge.pending", contains(2, 2, 3, 2, 2))
                .body("queue.pending", is(11));
        figures(admin(), "?site=" + secondId).body("queue.byAge.pending", contains(0, 0, 1, 0, 0));
        figures(limited(), "").body("queue.byAge.pending", contains(2, 2, 2, 2, 2)).body("queue.pending", is(10));
    }

    private io.restassured.response.ValidatableResponse figures(RequestSpecification who, String query) {
        return who.get("/api/v1/tenants/" + tenant + "/statistics" + query).then().statusCode(200);
    }

    private static RequestSpecification admin() {
        return given().auth().oauth2(TOKENS.of(DemoUsers.GAZETTE_ADMIN));
    }

    private static RequestSpecification limited() {
        return given().auth().oauth2(TOKENS.of(DemoUsers.NEWCOMER));
    }

    private String site(String key) {
        return admin().contentType(JSON)
                .body(
                        Map.of(
                                "key",
                                key,
                                "name",
                                "Site " + key,
                                "language",
                                "en",
                                "origins",
                                List.of("https://" + key + ".example")))
                .post("/api/v1/tenants/{t}/sites", tenant)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String held(String site) {
        var fields = Fixtures.comment(Fixtures.INSULT + ", " + UUID.randomUUID());
        fields.put("article", Map.of("url", "https://" + site + ".example/news", "title", "News"));
        return Fixtures.submit(site, "news", fields)
                .then()
                .statusCode(201)
                .body("status", is("HELD"))
                .extract()
                .path("id");
    }

    private void waitingFor(String comment, int minutes) throws SQLException {
        try (var connection = PostgresResource.asSuperuser();
                var update =
                        connection.prepareStatement(
                                "update parley.queue_item set entered_at = now() - ? * interval '1 minute'"
                                        + " where tenant_id = ? and comment_id = cast(? as uuid)")) {
            update.setInt(1, minutes);
            update.setString(2, tenant);
            update.setString(3, comment);
            update.executeUpdate();
        }
    }

    private void decided(
            String site, String comment, String action, String at, @Nullable Integer waited, boolean undone)
            throws SQLException {
        decided(tenant, site, comment, action, at, waited, undone);
    }

    /** A decision of somebody who has left, at a moment that no call could choose. */
    private static void decided(
            String tenant,
            String site,
            String comment,
            String action,
            String at,
            @Nullable Integer waited,
            boolean undone)
            throws SQLException {
        try (var connection = PostgresResource.asSuperuser();
                var insert =
                        connection.prepareStatement(
                                "insert into parley.moderation_decision (tenant_id, id, comment_id, site_id, member_id,"
                                        + " action, revision, state_version_after, before, entered_at, decided_at,"
                                        + " undone_at, undone_by) select ?, gen_random_uuid(), cast(? as uuid),"
                                        + " cast(? as uuid), member, ?, 1, 1, '{}', at - ? * interval '1 second', at,"
                                        + " case when undone then at end, case when undone then member end"
                                        + " from (select cast(? as timestamptz) as at, cast(? as boolean) as undone,"
                                        + " uuid '00000000-0000-4000-8000-000000000001' as member)")) {
            insert.setString(1, tenant);
            insert.setString(2, comment);
            insert.setString(3, site);
            insert.setString(4, action);
            insert.setObject(5, waited, java.sql.Types.INTEGER);
            insert.setString(6, at);
            insert.setBoolean(7, undone);
            insert.executeUpdate();
        }
    }
}
