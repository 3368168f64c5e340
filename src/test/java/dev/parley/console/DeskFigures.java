package dev.parley.console;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.parley.standalone.DemoUsers;
import dev.parley.standalone.RowCopies;
import dev.parley.testing.ConsoleVisitor;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Measures how long a moderator waits for the next comment with few and with many pending, on the server and on the
 * page, and prints it as a table. No test: it is run by its name, {@code mvn test -Dtest=DeskFigures
 * -Dfigures.pending=100000}.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class DeskFigures {

    private static final int FEW = 100;
    private static final int MANY = Integer.getInteger("figures.pending", 100_000);
    private static final int WARM = 10;
    private static final int ROUNDS = 50;
    private static final int KEYS = 30;
    private static final String STAFF = "/api/v1/tenants/gazette";

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

    /** With few pending, then with many: times in milliseconds by what was timed. */
    private final List<Map<String, List<Double>>> runs = new ArrayList<>();

    @Test
    void how_long_a_moderator_waits_for_the_next_comment() throws Exception {
        Fixtures.ensure();
        for (int i = 0; i < 20; i++) {
            var article = Fixtures.newArticle("gazette", "gazette");
            for (int n = 0; n < FEW / 20; n++) {
                Fixtures.held("gazette", article);
            }
        }
        measure();
        runs.clear(); // what is measured first has its code compiled meanwhile
        measure();
        fillUp();
        measure();

        System.out.printf("| ms | %,d: p50 | p95 | %,d: p50 | p95 | p50, times |%n", FEW, MANY);
        System.out.println("| --- | --- | --- | --- | --- | --- |");
        runs.getFirst()
                .forEach((what, few) -> {
                    var many = runs.getLast().get(what);
                    System.out.printf(
                            "| %s | %.1f | %.1f | %.1f | %.1f | %.1f |%n",
                            what, at(few, .5), at(few, .95), at(many, .5), at(many, .95), at(many, .5) / at(few, .5));
                });
        bundle();
    }

    private void measure() {
        runs.add(new LinkedHashMap<>());
        get("queue, 50 by risk", "/queue?limit=50");
        get("queue, 50, oldest first", "/queue?limit=50&order=oldest");
        get("queue, 50 of a reason, oldest first", "/queue?limit=50&order=oldest&reason=INSULT");
        get("queue, of a reason that none has", "/queue?limit=50&reason=LINKS");
        get("queue, of a language that none has, oldest first", "/queue?limit=50&order=oldest&language=fr");
        get("queue, 50 of a category", "/queue?limit=50&category=local");
        // Counts are kept for two seconds.
        time("counts", 15, () -> pause(2100), () -> staff().get(STAFF + "/queue/counts").then().statusCode(200));
        time("claim of the next", ROUNDS, this::release, this::claim);
        decide();
        get("search, a word that many have", "/comments?q=pathetic");
        get("search, a word that none has", "/comments?q=quagga");
        page();
    }

    private void get(String what, String path) {
        time(what, ROUNDS, () -> {}, () -> staff().get(STAFF + path).then().statusCode(200));
    }

    private JsonPath claim() {
        return staff().contentType(JSON)
                .body(Map.of("limit", 1))
                .post(STAFF + "/queue/claims")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private void release() {
        staff().delete(STAFF + "/queue/claims").then().statusCode(204);
    }

    /** Each decision is undone, so that as many wait as before. */
    private void decide() {
        List<Double> taken = new ArrayList<>();
        for (int i = 0; i < WARM + ROUNDS; i++) {
            var item = claim();
            Map<String, Object> decision =
                    Map.of(
                            "action",
                            "APPROVE",
                            "revision",
                            item.getInt("items[0].comment.revision"),
                            "stateVersion",
                            item.getLong("items[0].comment.stateVersion"));
            var path = STAFF + "/comments/" + item.getString("items[0].comment.id") + "/decisions";
            var began = System.nanoTime();
            String made =
                    staff().contentType(JSON)
                            .body(decision)
                            .post(path)
                            .then()
                            .statusCode(200)
                            .extract()
                            .path("decision");
            taken.add((System.nanoTime() - began) / 1e6);
            staff().post(STAFF + "/decisions/" + made + "/undo").then().statusCode(200);
            release();
        }
        runs.getLast().put("decision", taken.subList(WARM, taken.size()));
    }

    private void page() {
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            var page = moderator.open("/console/gazette/queue");
            page.waitForSelector("queue-item h2", new Page.WaitForSelectorOptions().setTimeout(30_000));
            page.waitForTimeout(2000);
            page.evaluate(CLEAR, 5);
            page.evaluate("performance.clearResourceTimings(); performance.setResourceTimingBufferSize(5000)");
            var run = runs.getLast();
            run.put("page: from the key until the next comment is painted", numbers(page.evaluate(CLEAR, KEYS)));
            page.waitForTimeout(2000);
            run.put("page: answer to a decision", numbers(page.evaluate(ANSWERS, "/decisions")));
            run.put("page: answer to the claim ahead", numbers(page.evaluate(ANSWERS, "/queue/claims")));
            run.put("page: answer to the thread ahead", numbers(page.evaluate(ANSWERS, "/context")));
            assertThat(page.locator(".tag.bad").count()).as("of those that failed").isZero();
        }
    }

    /** Copies what waits until many do, each by a commenter of its own. */
    private static void fillUp() throws SQLException {
        try (var connection = PostgresResource.asSuperuser();
                var sql = connection.createStatement()) {
            sql.execute("set search_path = parley");
            sql.execute(
                    """
                    create temp table copy as
                    select uuidv7() id, gen_random_uuid() statement, gen_random_uuid() commenter,
                        q.comment_id original, m.commenter_id writer, n
                    from (select comment_id, row_number() over () - 1 place, count(*) over () total
                          from queue_item where tenant_id = 'gazette') q
                    join generate_series(1, %d) n on n %% q.total = q.place
                    join comment m on m.tenant_id = 'gazette' and m.id = q.comment_id
                    where n > q.total
                    order by n\
                    """
                            .formatted(MANY));
            // Copies of what is whole are whole; to check each of their references would take minutes.
            sql.execute("set session_replication_role = replica");
            connection.setAutoCommit(false);
            RowCopies.add(sql, "gazette", "commenter", Map.of("id", "c.commenter"), "t.id = c.writer");
            RowCopies.add(
                    sql,
                    "gazette",
                    "commenter_address",
                    Map.of("commenter_id", "c.commenter", "lookup", "sha256(c.commenter::text::bytea)"),
                    "t.commenter_id = c.writer");
            RowCopies.add(
                    sql,
                    "gazette",
                    "statement",
                    Map.of("id", "c.statement", "comment_id", "c.id"),
                    "t.comment_id = c.original");
            RowCopies.add(
                    sql,
                    "gazette",
                    "comment",
                    Map.of("id", "c.id", "statement_id", "c.statement", "commenter_id", "c.commenter"),
                    "t.id = c.original");
            RowCopies.add(sql, "gazette", "revision", Map.of("comment_id", "c.id"), "t.comment_id = c.original");
            RowCopies.add(
                    sql,
                    "gazette",
                    "queue_item",
                    Map.of("comment_id", "c.id", "risk", "t.risk * (1 - c.n / 1e7)"),
                    "t.comment_id = c.original");
            connection.commit();
            connection.setAutoCommit(true);
            sql.execute("vacuum analyze");
        }
    }

    /** What a browser loads for the console. */
    private static void bundle() throws IOException {
        var page = given().get("/console/gazette/queue").then().statusCode(200).extract().asString();
        var file = Pattern.compile("/static/bundle/console-\\w+\\.(js|css)").matcher(page);
        System.out.println("| file | bytes | gzipped |");
        System.out.println("| --- | --- | --- |");
        while (file.find()) {
            var bytes = given().get(file.group()).then().statusCode(200).extract().asByteArray();
            System.out.printf("| console, %s | %,d | %,d |%n", file.group(1), bytes.length, gzipped(bytes));
        }
    }

    private static int gzipped(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.size();
    }

    private RequestSpecification staff() {
        return given().auth().oauth2(tokens.moderatorOf("gazette"));
    }

    private void time(String what, int rounds, Runnable before, Runnable call) {
        List<Double> taken = new ArrayList<>();
        for (int i = 0; i < rounds + (rounds == ROUNDS ? WARM : 1); i++) {
            before.run();
            var began = System.nanoTime();
            call.run();
            taken.add((System.nanoTime() - began) / 1e6);
        }
        runs.getLast().put(what, taken.subList(taken.size() - rounds, taken.size()));
        System.out.printf("%s: p50 %.1f ms%n", what, at(runs.getLast().get(what), .5));
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Double> numbers(Object list) {
        return ((List<?>) list).stream().map(number -> ((Number) number).doubleValue()).toList();
    }

    private static double at(List<Double> times, double share) {
        var sorted = times.stream().sorted().toList();
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1));
    }
}
