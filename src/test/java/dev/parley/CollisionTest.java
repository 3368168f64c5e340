package dev.parley;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.DemoUsers;
import dev.parley.testing.AtOnce;
import dev.parley.testing.Fixtures;
import dev.parley.testing.HistoryChecker;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two at once on one held comment, a hundred times (the short form of R8). */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class CollisionTest {

    private static final int DECISIONS = 60;
    private static final int EDITS = 40;

    private record Held(UUID id, String editToken) {}

    private final Tokens tokens = new Tokens();

    @BeforeEach
    void tenants() {
        Fixtures.ensure();
    }

    @Test
    void of_two_moderators_at_once_one_wins_and_the_other_is_told_the_present_state() throws Exception {
        var article = Fixtures.newArticle("gazette", "gazette");
        var all = new ArrayList<Held>();
        int approvals = 0;
        for (int i = 0; i < DECISIONS; i++) {
            var held = held(article);
            all.add(held);

            var answers =
                    AtOnce.<Response>all(
                            List.of(
                                    () -> decide(held, DemoUsers.GAZETTE_MODERATOR, approve()),
                                    () -> decide(held, DemoUsers.GAZETTE_ADMIN, reject())));

            assertThat(answers).extracting(Response::statusCode).containsExactlyInAnyOrder(200, 409);
            var winner = answers.getFirst().statusCode() == 200 ? answers.getFirst() : answers.getLast();
            var loser = winner == answers.getFirst() ? answers.getLast() : answers.getFirst();
            assertThat(loser.<String>path("type")).isEqualTo("/problems/stale-version");
            assertThat(loser.<String>path("present.status")).isEqualTo(winner.<String>path("status"));
            assertThat(loser.<Integer>path("present.stateVersion")).isEqualTo(1);
            boolean approved = winner == answers.getFirst();
            approvals += approved ? 1 : 0;
            // The first of each is the policy's, which held the comment.
            assertThat(rows(held.id()))
                    .isEqualTo(new Rows(2, 2, approved ? 1 : 2, 0, approved ? "PUBLISHED" : "REJECTED"));
        }
        System.out.printf("Collisions: %d of two moderators, approval won %d.%n", DECISIONS, approvals);
        assertNothingIsBroken(all);
    }

    @Test
    void of_an_edit_and_a_decision_at_once_none_goes_unnoticed_and_the_decision_never_meets_another_text()
            throws Exception {
        var article = Fixtures.newArticle("gazette", "gazette");
        var all = new ArrayList<Held>();
        int decisions = 0;
        for (int i = 0; i < EDITS; i++) {
            var held = held(article);
            var action = i % 2 == 0 ? approve() : reject();

            var answers =
                    AtOnce.<Response>all(
                            List.of(
                                    () -> decide(held, DemoUsers.GAZETTE_MODERATOR, action),
                                    () -> edit(held, Fixtures.calm())));

            var decision = answers.getFirst();
            var edit = answers.getLast();
            assertThat(List.of(decision.statusCode(), edit.statusCode())).isSubsetOf(200, 409).contains(200);
            // An edit carries no version: one that comes after an approval is a change of its own, and is judged again.
            boolean both = decision.statusCode() == 200 && edit.statusCode() == 200;
            assertThat(both && action.get("action").equals("REJECT")).isFalse();
            if (decision.statusCode() == 409) {
                assertThat(decision.<String>path("type")).isEqualTo("/problems/stale-version");
                assertThat(decision.<Integer>path("present.revision")).isEqualTo(2);
                assertThat(decision.<String>path("present.status")).isEqualTo("PUBLISHED");
            }
            decisions += decision.statusCode() == 200 ? 1 : 0;
            int changes = both ? 3 : 2;
            int statements = decision.statusCode() == 200 && action.get("action").equals("REJECT") ? 2 : 1;
            assertThat(rows(held.id()))
                    .isEqualTo(new Rows(changes, changes, statements, 0, statements == 2 ? "REJECTED" : "PUBLISHED"));
        }
        System.out.printf(
                "Collisions: %d of a moderator and an edit, the decision came through %d times.%n", EDITS, decisions);
        assertNothingIsBroken(all);
    }

    /** What is stored about a comment: entries in the trail, events, statements, places in the queue. */
    private record Rows(int entries, int events, int statements, int queued, String status) {}

    private static Rows rows(UUID id) throws SQLException {
        try (var backup = PostgresResource.asBackup();
                var query =
                        backup.prepareStatement(
                                "select (select count(*) from audit_entry where subject_id = c.id::text),"
                                        + " (select count(*) from outbox_event where subject_id = c.id),"
                                        + " (select count(*) from statement where comment_id = c.id),"
                                        + " (select count(*) from queue_item where comment_id = c.id), c.status"
                                        + " from comment c where c.id = ?")) {
            query.setObject(1, id);
            try (var row = query.executeQuery()) {
                row.next();
                return new Rows(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getString(5));
            }
        }
    }

    /** Looks at these comments only: other tests of this JVM damage rows on purpose. */
    private static void assertNothingIsBroken(List<Held> comments) throws SQLException {
        try (var backup = PostgresResource.asBackup()) {
            assertThat(new HistoryChecker(backup, "gazette").brokenInvariants())
                    .noneMatch(line -> comments.stream().anyMatch(held -> line.contains(held.id().toString())));
        }
    }

    private static Held held(String article) {
        var receipt =
                Fixtures.submit("gazette", article, Fixtures.comment(Fixtures.INSULT + " " + UUID.randomUUID()))
                        .then()
                        .statusCode(201)
                        .body("status", org.hamcrest.Matchers.is("HELD"))
                        .extract();
        return new Held(UUID.fromString(receipt.path("id")), receipt.path("editToken"));
    }

    private Response decide(Held held, DemoUsers moderator, Map<String, Object> action) {
        return given().auth()
                .oauth2(tokens.of(moderator))
                .contentType(JSON)
                .body(action)
                .post("/api/v1/tenants/gazette/comments/{id}/decisions", held.id());
    }

    private static Response edit(Held held, String body) {
        return given().header("Edit-Token", held.editToken())
                .contentType(JSON)
                .body(Map.of("body", body))
                .patch("/api/v1/sites/gazette/comments/{id}", held.id());
    }

    private static Map<String, Object> approve() {
        return Map.of("revision", 1, "stateVersion", 0, "action", "APPROVE");
    }

    private static Map<String, Object> reject() {
        return Map.of("revision", 1, "stateVersion", 0, "action", "REJECT", "reason", "ABUSE");
    }
}
