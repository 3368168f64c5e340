package dev.parley.console;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.parley.standalone.DemoUsers;
import dev.parley.testing.ConsoleVisitor;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Measures how long a moderator waits for the next comment with many pending, and prints it. No test: it is run by its
 * name: {@code mvn test -Dtest=DeskFigures -Dfigures.pending=100000}.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class DeskFigures {

    private static final int PENDING = Integer.getInteger("figures.pending", 100_000);
    private static final int ROUNDS = 60;
    private static final String QUEUE = "/api/v1/tenants/gazette/queue";

    /** From the key until the next comment is painted; then as long as somebody at their fastest reads. */
    private static final String CLEAR =
            """
            async (rounds) => {
              const current = () => document.querySelector('.q-list li.current')?.dataset.comment;
              const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
              const times = [];
              for (let i = 0; i < rounds; i++) {
                const before = current();
                const began = performance.now();
                document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true, cancelable: true }));
                while (current() === before) await frame();
                await frame();
                times.push(performance.now() - began);
                await new Promise((done) => setTimeout(done, 700));
              }
              return times;
            }\
            """;

    private static final String ANSWERS =
            """
            (part) => performance.getEntriesByType('resource')
              .filter((entry) => entry.name.endsWith(part) && entry.initiatorType === 'fetch')
              .map((entry) => entry.responseEnd - entry.startTime)\
            """;

    private final Tokens tokens = new Tokens();

    @BeforeEach
    void many_wait() throws Exception {
        Fixtures.ensure();
        var article = Fixtures.newArticle("gazette", "gazette");
        for (int i = 0; i < 20; i++) {
            Fixtures.held("gazette", article);
        }
        try (var connection = PostgresResource.asBackup();
                var sql = connection.createStatement()) {
            sql.execute("set search_path = parley");
            sql.execute(
                    """
                    create temp table copy as
                    select gen_random_uuid() id, gen_random_uuid() statement, q.comment_id original, n
                    from (select comment_id, row_number() over () - 1 place, count(*) over () total
                          from queue_item where tenant_id = 'gazette') q
                    join generate_series(1, %d) n on n %% q.total = q.place\
                    """
                            .formatted(PENDING));
            connection.setAutoCommit(false);
            copy(sql, "statement", Map.of("id", "c.statement", "comment_id", "c.id"), "t.comment_id = c.original");
            copy(sql, "comment", Map.of("id", "c.id", "statement_id", "c.statement"), "t.id = c.original");
            copy(sql, "revision", Map.of("comment_id", "c.id"), "t.comment_id = c.original");
            copy(
                    sql,
                    "queue_item",
                    Map.of("comment_id", "c.id", "risk", "t.risk * (1 - c.n / 1e7)"),
                    "t.comment_id = c.original");
            connection.commit();
            connection.setAutoCommit(true);
            sql.execute("analyze");
        }
    }

    /**
     * Copies the rows of the originals with the columns named set otherwise; columns that the database makes are left
     * to it.
     */
    private static void copy(java.sql.Statement sql, String table, Map<String, String> others, String join)
            throws java.sql.SQLException {
        var columns = new ArrayList<String>();
        try (var found =
                sql.executeQuery(
                        "select column_name from information_schema.columns where table_schema = 'parley' and table_name = '"
                                + table
                                + "' and is_generated = 'NEVER' and is_identity = 'NO' order by ordinal_position")) {
            while (found.next()) {
                columns.add(found.getString(1));
            }
        }
        var values = columns.stream().map(column -> others.getOrDefault(column, "t." + column)).toList();
        sql.execute(
                "insert into %s (%s) select %s from %s t join copy c on %s where t.tenant_id = 'gazette'"
                        .formatted(table, String.join(", ", columns), String.join(", ", values), table, join));
    }

    @Test
    void how_long_a_moderator_waits_for_the_next_comment() {
        say("GET queue, first 50", _ -> staff().get(QUEUE + "?limit=50").then().statusCode(200));
        say(
                "GET queue, oldest of a reason",
                _ -> staff().get(QUEUE + "?order=oldest&reason=INSULT").then().statusCode(200));
        say("GET queue/counts", _ -> staff().get(QUEUE + "/counts").then().statusCode(200));
        say(
                "POST queue/claims, the next one",
                _ -> {
                    staff().contentType(JSON).body(Map.of("limit", 1)).post(QUEUE + "/claims").then().statusCode(201);
                    staff().delete(QUEUE + "/claims").then().statusCode(204);
                });
        say("GET comments?q=", _ -> staff().get("/api/v1/tenants/gazette/comments?q=pathetic").then().statusCode(200));

        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            var page = moderator.open("/console/gazette/queue");
            page.waitForSelector("queue-item h2", new Page.WaitForSelectorOptions().setTimeout(30_000));
            page.waitForTimeout(2000);
            page.evaluate(CLEAR, 5);
            page.evaluate("performance.clearResourceTimings(); performance.setResourceTimingBufferSize(5000)");
            print("page: from key to next comment painted", numbers(page.evaluate(CLEAR, ROUNDS)));
            page.waitForTimeout(2000);
            print("page: answer to a decision", numbers(page.evaluate(ANSWERS, "/decisions")));
            print("page: answer to the claim ahead", numbers(page.evaluate(ANSWERS, "/queue/claims")));
            print("page: answer to the thread ahead", numbers(page.evaluate(ANSWERS, "/context")));
            assertThat(page.locator(".tag.bad"))
                    .as("nothing failed")
                    .satisfies(tags -> assertThat(tags.count()).isZero());
        }
    }

    private io.restassured.specification.RequestSpecification staff() {
        return given().auth().oauth2(tokens.moderatorOf("gazette"));
    }

    private static void say(String what, Consumer<Integer> call) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            var began = System.nanoTime();
            call.accept(i);
            if (i >= 10) {
                times.add((System.nanoTime() - began) / 1e6);
            }
        }
        print(what, times);
    }

    private static List<Double> numbers(Object list) {
        return ((List<?>) list).stream().map(number -> ((Number) number).doubleValue()).toList();
    }

    private static void print(String what, List<Double> times) {
        var sorted = times.stream().sorted().toList();
        System.out.printf(
                "Desk, %,d pending: %s: p50 %.1f, p95 %.1f, max %.1f ms (%d)%n",
                PENDING, what, at(sorted, .5), at(sorted, .95), at(sorted, 1), sorted.size());
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1));
    }
}
