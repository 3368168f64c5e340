package dev.parley;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.standalone.DemoUsers;
import dev.parley.testing.Attacks;
import dev.parley.testing.Attacks.Row;
import dev.parley.testing.Fixtures;
import dev.parley.testing.ForgedTokens;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.ShownHtml;
import dev.parley.testing.Tokens;
import dev.parley.testing.Wire;
import dev.parley.testing.Wire.Answer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Hostile input over HTTP, row by row. {@link #attack} maps the rows' fields to what they are called here, {@link
 * #judge} says what their expectations mean. Whatever a row expects, no answer is a 5xx. What is shown in a browser is
 * judged elsewhere.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class AttackTest {

    /** Classes without anything to send them to, and why. */
    private static final Map<String, String> SKIPPED_CLASSES =
            Map.of(
                    "clickjacking",
                            "needs a browser; the frame's headers are tested in FrameTest, and there is no console yet",
                    "csrf",
                            "needs a browser; there are no cookies, and every change is JSON or carries a form's ticket",
                    "csv-formula", "nothing is exported as CSV yet",
                    "post-message", "needs a browser: the frame sends and hears no messages yet",
                    "race",
                            "scenarios, not inputs: a key used again and two moderators at once stand in MainLineTest, the rest has no test yet",
                    "ssrf",
                            "addresses of webhooks: WebhookAddressTest reads these rows, DiallerTest shows that none is called");

    /** Rows that can't be sent, and why. */
    private static final Map<String, String> SKIPPED_ROWS =
            Map.of(
                    "D-size-shape-003",
                            "a header that drips is bounded in size, not in time: the proxy's job (one socket, no thread)",
                    "D-size-shape-007", "there is no import yet",
                    "D-size-shape-012", "there is no import yet",
                    "D-size-shape-013", "there is no import yet",
                    "D-jwt-022", "an access token lives for minutes; removing the member bites at once (row 008)",
                    "D-path-normalisation-005", "public by design (docs/operations.md)",
                    "D-path-normalisation-025", "the API's page exists in development and tests only");

    /** Rows whose expectation the scorer misses, and why. */
    private static final Map<String, String> MISSED =
            Map.of(
                    "D-evasion-abuse-005",
                            "a whole sentence dotted letter by letter has no word boundaries left to read",
                    "D-evasion-abuse-019", "an acrostic: calm in every word",
                    "D-evasion-abuse-020", "an acrostic: calm in every word");

    private static final Set<Integer> REFUSALS = Set.of(400, 404, 406, 413, 414, 415, 422, 431);
    private static final Set<Integer> DENIALS = Set.of(400, 401, 403, 404, 405);
    private static final Pattern SQL_WORDS =
            Pattern.compile(
                    "(?i)sqlstate|syntax error|hibernate|jdbc|postgres|pg_|org\\.|java\\.|\\bselect\\b.*\\bfrom\\b");
    private static final Pattern UNCLEAN =
            Pattern.compile(
                    "[\\p{Cc}&&[^\\n\\t]]|\\p{Cs}|\\p{Cn}|[\\u202a-\\u202e\\u2028\\u2029\\ufeff\\ufff9-\\ufffd]|\\p{M}{5}");
    private static final Duration GENEROUS = Duration.ofSeconds(15);
    private static final int MOST_BYTES = 65_536;
    private static final int LONGEST_BODY = 10_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper ASCII = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final Map<String, Tally> TALLIES = new TreeMap<>();

    private final Tokens tokens = new Tokens();
    private String article = "";
    private String ownComment = "";
    private String editToken = "";
    private final Map<String, CompletableFuture<Duration>> waiting = new HashMap<>();

    private static final class Tally {
        int ran;
        int failed;
        final Map<String, Integer> skipped = new TreeMap<>();
        int missed;
    }

    @TestFactory
    Stream<DynamicNode> every_row_meets_its_expectation_and_no_answer_is_a_5xx() {
        Fixtures.ensure();
        article = Fixtures.newArticle("gazette", "gazette");
        var receipt =
                Fixtures.submit("gazette", article, Fixtures.comment(Fixtures.calm())).then().statusCode(201).extract();
        ownComment = receipt.path("id");
        editToken = receipt.path("editToken");
        waiting.put("slow-body:1B/s", CompletableFuture.supplyAsync(() -> untilClosed(1_000, true)));
        waiting.put("content-length-too-long", CompletableFuture.supplyAsync(() -> untilClosed(1_000, false)));
        return Stream.of("b-bad-input.jsonl", "c-injection-access.jsonl", "e-spam.jsonl")
                .flatMap(file -> Attacks.rows(file).stream())
                .collect(Collectors.groupingBy(Row::kind, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                // Last, since some of it waits until the server closes what was opened above.
                .sorted(Comparator.comparing(one -> one.getKey().equals("size-shape")))
                .map(one -> DynamicContainer.dynamicContainer(one.getKey(), tests(one.getKey(), one.getValue())));
    }

    private Stream<DynamicTest> tests(String kind, List<Row> rows) {
        var tally = TALLIES.computeIfAbsent(kind, _ -> new Tally());
        return rows.stream()
                .filter(row -> {
                    var reason = SKIPPED_CLASSES.getOrDefault(kind, SKIPPED_ROWS.get(row.id()));
                    if (reason != null) tally.skipped.merge(reason, 1, Integer::sum);
                    return reason == null;
                })
                .map(row ->
                        DynamicTest.dynamicTest(
                                row.id(),
                                () -> {
                                    tally.ran++;
                                    tally.failed++;
                                    attack(row);
                                    tally.failed--;
                                }));
    }

    @AfterAll
    static void report() {
        TALLIES.forEach((kind, tally) ->
                System.out.printf(
                        "Hostile input: %s: %d ran, %d failed, %d known misses, skipped %s%n",
                        kind, tally.ran, tally.failed, tally.missed, tally.skipped));
        System.out.printf(
                "Hostile input over HTTP: %d rows ran, %d skipped, %d failed%n",
                TALLIES.values().stream().mapToInt(t -> t.ran).sum(),
                TALLIES.values().stream().flatMap(t -> t.skipped.values().stream()).mapToInt(n -> n).sum(),
                TALLIES.values().stream().mapToInt(t -> t.failed).sum());
    }

    /** Those who flood change the address in each copy. */
    @Test
    void a_text_when_only_its_link_changes_is_a_repeat() {
        Fixtures.ensure();
        var flooded = Fixtures.newArticle("gazette", "gazette");
        var words = "The old harbour master told me how the pier was built, see https://n%d.example/%d for it";
        for (int i = 0; i < 2; i++) {
            Fixtures.submit("gazette", flooded, Fixtures.comment(words.formatted(i, i * 7919))).then().statusCode(201);
        }

        Fixtures.submit("gazette", flooded, Fixtures.comment(words.formatted(9, 1)))
                .then()
                .statusCode(201)
                .body("status", org.hamcrest.Matchers.is("HELD"))
                .body("reasons.code", org.hamcrest.Matchers.hasItem("REPEAT"));
    }

    /** Of the classic ways to a 500: in every text that anybody may send, not only in a reader's. */
    @Test
    void a_text_that_cannot_be_stored_when_sent_by_anybody_is_refused() {
        Fixtures.ensure();
        var key = Fixtures.newArticle("gazette", "gazette");
        var id = Fixtures.held("gazette", key);
        var site = Fixtures.siteId("gazette", "gazette");
        var staff = List.of("Content-Type: application/json", "Authorization: Bearer " + tokens.adminOf("gazette"));
        var before = stored();
        for (var text : List.of("a\0b", "a\ud83db", "\udc00")) {
            var decision = Map.of("revision", 1, "stateVersion", 0, "action", "APPROVE", "note", text);
            assertRefused(
                    send("POST", "/api/v1/tenants/gazette/comments/" + id + "/decisions", staff, bytes(decision)));
            var policy =
                    Map.of(
                            "scope",
                            "TENANT",
                            "scopeRef",
                            "",
                            "basedOn",
                            0,
                            "reason",
                            text,
                            "document",
                            Map.of("bannedWords", List.of(text)));
            assertRefused(send("PUT", "/api/v1/tenants/gazette/policies", staff, bytes(policy)));
            var metadata =
                    Map.of(
                            "open",
                            true,
                            "metadata",
                            Map.of(
                                    "url",
                                    "https://gazette.example/" + key,
                                    "title",
                                    text,
                                    "categories",
                                    List.of(text)));
            assertRefused(
                    send("PUT", "/api/v1/tenants/gazette/sites/" + site + "/articles/" + key, staff, bytes(metadata)));
            assertRefused(
                    send(
                            "POST",
                            "/api/v1/tenants/gazette/sites",
                            staff,
                            bytes(
                                    Map.of(
                                            "key",
                                            "row",
                                            "name",
                                            text,
                                            "language",
                                            "en",
                                            "origins",
                                            List.of("https://row.example")))));
            assertRefused(
                    send(
                            "POST",
                            "/api/v1/tenants/gazette/members",
                            staff,
                            bytes(Map.of("subject", text, "name", text, "role", "MODERATOR", "sites", List.of()))));
            for (var field : List.of("name", "email", "body", "website")) {
                var fields = Fixtures.comment(Fixtures.calm());
                fields.put(field, text);
                assertRefused(
                        send(
                                "POST",
                                "/api/v1/sites/gazette/articles/" + key + "/comments",
                                List.of("Content-Type: application/json"),
                                bytes(fields)));
            }
        }
        assertThat(stored()).isEqualTo(before);
    }

    /** Nothing that answers an error is the server's own page. */
    @Test
    void an_error_outside_the_endpoints_when_met_is_a_problem_document_too() {
        Fixtures.ensure();
        var json = List.of("Content-Type: application/json");
        for (var answer :
                List.of(
                        send("GET", "/nowhere", List.of(), new byte[0]),
                        send("GET", "/api/v1/nowhere", List.of(), new byte[0]),
                        send("PUT", "/api/v1/sites/gazette/counts", json, "{}".getBytes(UTF_8)),
                        send("TRACE", counts(), List.of(), new byte[0]),
                        send("GET", counts(), List.of("Accept: image/png"), new byte[0]),
                        send(
                                "POST",
                                "/api/v1/sites/gazette/articles/harbour-bridge/comments",
                                List.of("Content-Type: text/plain"),
                                "x".getBytes(UTF_8)),
                        send(
                                "POST",
                                "/api/v1/sites/gazette/articles/harbour-bridge/comments",
                                json,
                                "{".getBytes(UTF_8)),
                        send(
                                "POST",
                                "/api/v1/sites/gazette/articles/harbour-bridge/comments",
                                json,
                                "{\"name\":\"a\",\"name\":\"b\"}".getBytes(UTF_8)),
                        send("POST", "/api/v1/sites/gazette/articles/harbour-bridge/comments", json, new byte[0]),
                        send(
                                "GET",
                                "/api/v1/sites/gazette/articles/harbour-bridge/comments?parent=x",
                                List.of(),
                                new byte[0]),
                        send(
                                "GET",
                                "/api/v1/tenants/gazette/queue?reason=x",
                                List.of("Authorization: Bearer " + tokens.moderatorOf("gazette")),
                                new byte[0]))) {
            assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
            assertProblem(answer);
        }
    }

    // --- Fields: where a row goes ---

    private void attack(Row row) throws Exception {
        switch (row.field()) {
            case "body", "author", "email" -> {
                var fields = fields(row);
                judge(row, fields, post(fields));
            }
            case "raw" -> raw(row);
            case "spec" -> spec(row);
            case "tenant.blockedRegex" -> blockedWord(row);
            case "search.q" -> everywhere(row);
            case "query.sort" -> sort(row);
            case "query.limit" -> limit(row);
            case "query.cursor" -> cursor(row);
            case "path.id" -> id(row);
            case "path" -> path(row);
            case "header.Authorization" -> token(row);
            case "header.Origin" -> origin(row);
            case "header.User-Agent" -> logged(row);
            case "body.extra" -> extra(row);
            case "request" -> confusion(row);
            default -> throw new AssertionError("No mapping for field " + row.field());
        }
    }

    private static Map<String, Object> fields(Row row) {
        var fields = Fixtures.comment(row.field().equals("body") ? row.payload() : Fixtures.calm());
        switch (row.field()) {
            case "author" -> fields.put("name", row.payload());
            case "email" -> fields.put("email", row.payload());
            default -> {}
        }
        return fields;
    }

    private Supplier<Answer> post(Map<String, Object> fields) {
        return () -> send("POST", thread(), List.of("Content-Type: application/json"), bytes(fields));
    }

    /** The rows say author where this API says name; otherwise they would all be refused for that. */
    private void raw(Row row) {
        var body = new String(Base64.getDecoder().decode(row.payload()), ISO_8859_1);
        for (var name : new String[] {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
            var charset = Charset.forName(name);
            body = body.replace(in(charset, "\"author\""), in(charset, "\"name\""));
        }
        var sent = body.getBytes(ISO_8859_1);
        var fields = new HashMap<String, Object>();
        if (row.expectation().equals("roundtrip")) {
            try {
                fields.putAll(JSON.readValue(sent, Map.class));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        judge(row, fields, () -> send("POST", thread(), List.of("Content-Type: " + row.contentType()), sent));
    }

    private static String in(Charset charset, String text) {
        return new String(text.getBytes(charset), ISO_8859_1);
    }

    private void spec(Row row) throws IOException {
        var words = row.payload();
        if (words.startsWith("repeat:")) {
            repeated(row);
            return;
        }
        var json = List.of("Content-Type: application/json");
        var gzipped = List.of("Content-Type: application/json", "Content-Encoding: gzip");
        switch (words.contains(":") ? words.substring(0, words.indexOf(':')) : words) {
            case "headers" ->
                    judge(
                            row,
                            Map.of(),
                            () -> send("GET", thread(), java.util.Collections.nCopies(5000, "X-Row: 1"), new byte[0]));
            case "gzip-bomb" -> judge(row, Map.of(), () -> send("POST", thread(), gzipped, gzip(bomb())));
            case "gzip-bomb-nested" -> judge(row, Map.of(), () -> send("POST", thread(), gzipped, gzip(gzip(bomb()))));
            case "content-length-too-short" ->
                    judge(
                            row,
                            Map.of(),
                            () ->
                                    Wire.exchange(
                                            Wire.request(
                                                    "POST",
                                                    thread(),
                                                    json,
                                                    bytes(Fixtures.comment(Fixtures.calm())),
                                                    10)));
            case "content-length-too-long", "slow-body" ->
                    assertThat(waiting.get(words).join()).isLessThan(Duration.ofSeconds(60));
            case "chunked-endless" -> assertThat(endless()).isLessThan(Duration.ofSeconds(60));
            case "longkey" -> {
                judge(
                        row,
                        Map.of(),
                        () -> send("POST", thread(), json, ("{\"" + "k".repeat(1_000_000) + "\":1}").getBytes(UTF_8)));
                judge(
                        row,
                        Map.of(),
                        () -> send("POST", thread(), json, ("{\"" + "k".repeat(60_000) + "\":1}").getBytes(UTF_8)));
            }
            case "array" -> {
                judge(
                        row,
                        Map.of(),
                        () ->
                                send(
                                        "POST",
                                        thread(),
                                        json,
                                        ("{\"tags\":[" + "0,".repeat(99_999) + "0]}").getBytes(UTF_8)));
                var fields = Fixtures.comment(Fixtures.calm());
                fields.put(
                        "article",
                        Map.of(
                                "url",
                                "https://gazette.example/x",
                                "title",
                                "x",
                                "categories",
                                java.util.Collections.nCopies(10_000, "a")));
                judge(row, Map.of(), post(fields));
            }
            case "nest" ->
                    judge(row, Map.of(), () -> send("POST", thread(), json, "{\"a\":".repeat(10_000).getBytes(UTF_8)));
            case "range-many" -> {
                var ranges = "Range: bytes=" + "0-1,".repeat(999) + "0-1";
                var plain = send("GET", thread(), List.of(), new byte[0]);
                var ranged = send("GET", thread(), List.of(ranges), new byte[0]);
                assertThat(ranged.status()).isEqualTo(200);
                assertThat(ranged.body()).isEqualTo(plain.body());
            }
            case "pipelined" -> {
                var one = "GET " + counts() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
                var bytes = ((one + "\r\n").repeat(999) + one + "Connection: close\r\n\r\n").getBytes(ISO_8859_1);
                try (var socket = Wire.open()) {
                    var writing = CompletableFuture.runAsync(() -> write(socket, bytes));
                    assertThat(Wire.statuses(Wire.readAll(socket.getInputStream()))).hasSize(1000).containsOnly(200);
                    writing.join();
                }
            }
            case "h2-rapid-reset" -> rapidReset();
            default -> throw new AssertionError("No way to send " + words);
        }
        assertHealthy();
    }

    /** As much as a comment may hold, which must be taken or refused soon; and all of it, which is too much. */
    private void repeated(Row row) {
        int where = row.payload().indexOf(':') + 1;
        int text = row.payload().indexOf(':', where) + 1;
        int last = row.payload().lastIndexOf(':');
        var field = row.payload().substring(where, text - 1);
        var piece = row.payload().substring(text, last);
        int count = Integer.parseInt(row.payload().substring(last + 1));
        if (field.equals("body") && count == 5001) count = LONGEST_BODY + 1; // "use the real one"
        var fields = Fixtures.comment(Fixtures.calm());
        if (row.expectation().equals("bounded")) {
            fields.put("body", piece.repeat(LONGEST_BODY / piece.length()));
            judge(row, fields, post(fields));
        }
        if (count > 50_000_000) {
            judge(
                    row,
                    Map.of(),
                    () ->
                            Wire.exchange(
                                    Wire.request(
                                            "POST",
                                            thread(),
                                            List.of("Content-Type: application/json"),
                                            "{\"body\":\"aaaa".getBytes(UTF_8),
                                            104_857_600L)));
            return;
        }
        fields.put(field.equals("author") ? "name" : field, piece.repeat(count));
        judge(row, fields, post(fields));
    }

    /** Words of a policy are words, not patterns: they are found, or not, in no time. */
    private void blockedWord(Row row) {
        var key = Fixtures.newArticle("gazette", "gazette");
        var id = Fixtures.article("gazette", "gazette", key, List.of("local"));
        var policy =
                Map.of(
                        "scope",
                        "ARTICLE",
                        "scopeRef",
                        id,
                        "basedOn",
                        0,
                        "reason",
                        "row",
                        "document",
                        Map.of("suspectWords", List.of(row.payload()), "bannedWords", List.of(row.payload())));
        var headers = List.of("Content-Type: application/json", "Authorization: Bearer " + tokens.adminOf("gazette"));
        var set = send("PUT", "/api/v1/tenants/gazette/policies", headers, bytes(policy));
        assertThat(set.status()).isIn(200, 400);
        var start = System.nanoTime();
        var answer =
                send(
                        "POST",
                        "/api/v1/sites/gazette/articles/" + key + "/comments",
                        List.of("Content-Type: application/json"),
                        bytes(Fixtures.comment("a".repeat(LONGEST_BODY))));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(since(start)).isLessThan(GENEROUS);
    }

    /** There is no search: the words go into every place that a listing, a key or a text offers. */
    private void everywhere(Row row) {
        var before = stored();
        var q = encoded(row.payload());
        var staff = List.of("Authorization: Bearer " + tokens.moderatorOf("gazette"));
        for (var target :
                new String[] {
                    "/api/v1/sites/%s/counts?article=a", "/api/v1/sites/gazette/articles/%s/comments",
                            "/api/v1/sites/gazette/counts?article=%s",
                    "/api/v1/tenants/%s/queue", "/api/v1/tenants/gazette/queue?site=%s",
                            "/api/v1/tenants/gazette/queue?reason=%s",
                    "/api/v1/tenants/gazette/queue?language=%s",
                            "/api/v1/sites/gazette/articles/" + article + "/comments?parent=%s"
                }) {
            var harmless = send("GET", target.formatted("harmless"), staff, new byte[0]);
            var start = System.nanoTime();
            var answer = send("GET", target.formatted(q), staff, new byte[0]);
            // What is no key or name at all is refused as such.
            assertThat(answer.status() / 100).as(target).isIn(harmless.status() / 100, 4);
            assertNoSql(answer);
            assertThat(since(start)).as(target).isLessThan(GENEROUS);
        }
        assertThat(stored()).isEqualTo(before);
        var fields = Fixtures.comment(Fixtures.calm());
        fields.put("name", row.payload());
        judge(row, fields, post(fields));
    }

    private void sort(Row row) {
        var before = stored();
        var staff = List.of("Authorization: Bearer " + tokens.moderatorOf("gazette"));
        for (var target : new String[] {thread() + "?sort=", "/api/v1/tenants/gazette/queue?order="}) {
            var answer = send("GET", target + encoded(row.payload()), staff, new byte[0]);
            assertRefused(answer);
            assertNoSql(answer);
            assertThat(answer.status()).isEqualTo(send("GET", target + "harmless", staff, new byte[0]).status());
        }
        assertThat(stored()).isEqualTo(before);
    }

    /** "400, or clamped": the first of two limits counts, and Arabic digits are digits. */
    private void limit(Row row) {
        var raw = row.payload().contains("&") ? row.payload() : encoded(row.payload());
        var staff = List.of("Authorization: Bearer " + tokens.moderatorOf("gazette"));
        for (var target :
                new String[] {
                    thread() + "?limit=",
                    "/api/v1/tenants/gazette/queue?limit=",
                    "/api/v1/sites/gazette/comments/recent?limit="
                }) {
            var answer = send("GET", target + raw, staff, new byte[0]);
            if (answer.status() == 200) {
                assertThat(json(answer).path("items").size()).as(target).isLessThanOrEqualTo(100);
            } else {
                assertRefused(answer);
            }
        }
    }

    private void cursor(Row row) {
        var staff = List.of("Authorization: Bearer " + tokens.moderatorOf("gazette"));
        for (var target : new String[] {thread() + "?cursor=", "/api/v1/tenants/gazette/queue?cursor="}) {
            var answer = send("GET", target + encoded(row.payload()), staff, new byte[0]);
            if (row.expectation().equals("ignored") && answer.status() == 200) {
                assertThat(answer.body())
                        .isEqualTo(send("GET", target.substring(0, target.indexOf('?')), staff, new byte[0]).body());
            } else {
                assertRefused(answer);
            }
        }
    }

    private void id(Row row) {
        var before = stored();
        var raw =
                row.payload()
                        .codePoints()
                        .mapToObj(
                                cp -> cp <= ' ' || cp > 126 ? encoded(Character.toString(cp)) : Character.toString(cp))
                        .collect(Collectors.joining());
        var staff = List.of("Content-Type: application/json", "Authorization: Bearer " + tokens.moderatorOf("gazette"));
        var reader = List.of("Content-Type: application/json", "Edit-Token: " + editToken);
        assertDenied(send("GET", "/api/v1/tenants/gazette/comments/" + raw, staff, new byte[0]));
        assertDenied(
                send(
                        "POST",
                        "/api/v1/tenants/gazette/comments/" + raw + "/decisions",
                        staff,
                        bytes(Map.of("revision", 1, "stateVersion", 0, "action", "APPROVE"))));
        assertDenied(
                send(
                        "PATCH",
                        "/api/v1/sites/gazette/comments/" + raw,
                        reader,
                        bytes(Map.of("body", "Changed by a row."))));
        assertDenied(send("DELETE", "/api/v1/sites/gazette/comments/" + raw, reader, new byte[0]));
        assertThat(stored()).isEqualTo(before);
    }

    private void path(Row row) {
        var target =
                row.payload()
                        .replace("/api/moderation/queue", "/api/v1/tenants/gazette/queue")
                        .replace("moderation/queue", "v1/tenants/gazette/queue")
                        .replace("/api/moderation", "/api/v1/tenants/gazette")
                        .replace("/api/public", "/api/v1/sites/gazette");
        assertDenied(send("GET", target, List.of(), new byte[0]));
        assertDenied(
                send("GET", target, List.of("Authorization: Bearer " + tokens.moderatorOf("herald")), new byte[0]));
    }

    private void token(Row row) {
        var queue = "/api/v1/tenants/gazette/queue";
        var good = tokens.moderatorOf("gazette");
        var forged = new ForgedTokens(good);
        var headers =
                switch (row.payload()) {
                    case "two Authorization headers" -> {
                        assertDenied(
                                send(
                                        "GET",
                                        queue,
                                        List.of("Authorization: Bearer " + good, "Authorization: Bearer x"),
                                        new byte[0]));
                        yield List.of("Authorization: Bearer x", "Authorization: Bearer " + good);
                    }
                    case "moderator removed from the tenant a minute ago" ->
                            List.of("Authorization: Bearer " + removedMember());
                    case "realm role admin but not client role" ->
                            List.of("Authorization: Bearer " + tokens.operator());
                    case "tenant claim missing" -> List.of("Authorization: Bearer " + tokens.moderatorOf("herald"));
                    default -> List.of("Authorization: Bearer " + forged.like(row.payload()));
                };
        var answer = send("GET", queue, headers, new byte[0]);
        assertDenied(answer);
        assertThat(answer.body())
                .doesNotContainIgnoringCase("signature")
                .doesNotContain("kid", "x.invalid", "issuer", "audience", "expired");
    }

    private String removedMember() {
        var guest = tokens.moderatorOf("herald");
        var id = Fixtures.member("gazette", DemoUsers.HERALD_MODERATOR, "MODERATOR", List.of());
        var admin = List.of("Authorization: Bearer " + tokens.adminOf("gazette"));
        assertThat(
                        send(
                                        "GET",
                                        "/api/v1/tenants/gazette/queue",
                                        List.of("Authorization: Bearer " + guest),
                                        new byte[0])
                                .status())
                .isEqualTo(200);
        assertThat(send("DELETE", "/api/v1/tenants/gazette/members/" + id, admin, new byte[0]).status()).isEqualTo(204);
        return guest;
    }

    private void origin(Row row) {
        var before = stored();
        var origin =
                "Origin: "
                        + row.payload()
                                .replace("publisher.example.test", "gazette.example")
                                .replace("PUBLISHER.example.test", "GAZETTE.example");
        var asked = send("OPTIONS", thread(), List.of(origin, "Access-Control-Request-Method: POST"), new byte[0]);
        var read = send("GET", thread(), List.of(origin), new byte[0]);
        var posted =
                send(
                        "POST",
                        thread(),
                        List.of(origin, "Content-Type: application/json"),
                        bytes(Fixtures.comment(Fixtures.calm())));
        for (var answer : List.of(asked, read, posted)) {
            assertThat(answer.status()).isBetween(200, 499);
            assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
            assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
            assertThat(answer.headers())
                    .anyMatch(line -> line.toLowerCase(java.util.Locale.ROOT).matches("vary:.*origin.*"));
        }
        if (row.payload().isEmpty()) return; // as without: a program, not a page
        assertDenied(posted);
        assertThat(stored()).isEqualTo(before);
    }

    /** A log that never repeats what was sent can't be forged by it. */
    private void logged(Row row) {
        var lines = new ConcurrentLinkedQueue<String>();
        var ear =
                new Handler() {
                    @Override
                    public void publish(LogRecord one) {
                        lines.add(
                                one.getLoggerName()
                                        + " "
                                        + one.getMessage()
                                        + " "
                                        + java.util.Arrays.toString(one.getParameters())
                                        + " "
                                        + one.getThrown());
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger.getLogger("").addHandler(ear);
        try {
            var q = encoded(row.payload());
            var fields = Fixtures.comment(Fixtures.calm());
            fields.put("article", Map.of("url", row.payload(), "title", "x"));
            var odd = Fixtures.comment(Fixtures.calm());
            odd.put(row.payload(), 1);
            for (var answer :
                    List.of(
                            send(
                                    "GET",
                                    thread(),
                                    List.of("User-Agent: " + new String(row.payload().getBytes(UTF_8), ISO_8859_1)),
                                    new byte[0]),
                            send("GET", "/api/v1/sites/" + q + "/counts?article=a", List.of(), new byte[0]),
                            send("GET", thread() + "?sort=" + q, List.of(), new byte[0]),
                            post(fields).get(),
                            post(odd).get())) {
                assertThat(answer.status()).isBetween(200, 499);
            }
        } finally {
            Logger.getLogger("").removeHandler(ear);
        }
        assertThat(lines)
                .noneMatch(line -> line.contains(row.payload()))
                .noneMatch(line -> line.contains("forged") || line.contains("\u001b"));
    }

    private void extra(Row row) throws IOException {
        Map<String, Object> more = new HashMap<>();
        JSON.readTree(row.payload()).properties().forEach(member -> more.put(member.getKey(), member.getValue()));
        var staff = List.of("Content-Type: application/json", "Authorization: Bearer " + tokens.adminOf("gazette"));
        var settings = send("GET", "/api/v1/tenants/gazette/settings", staff, new byte[0]).body();
        var before = stored();

        assertRefused(post(with(Fixtures.comment(Fixtures.calm()), more)).get());
        assertRefused(
                send(
                        "PATCH",
                        "/api/v1/sites/gazette/comments/" + ownComment,
                        List.of("Content-Type: application/json", "Edit-Token: " + editToken),
                        bytes(with(Map.of("body", "Changed."), more))));
        assertRefused(
                send(
                        "POST",
                        "/api/v1/tenants/gazette/comments/" + ownComment + "/decisions",
                        staff,
                        bytes(with(Map.of("revision", 1, "stateVersion", 0, "action", "SPAM"), more))));
        assertRefused(
                send(
                        "PUT",
                        "/api/v1/tenants/gazette/settings",
                        staff,
                        bytes(
                                with(
                                        Map.of("replyDepth", 1, "editWindowSeconds", 1, "hideWhileEditIsHeld", true),
                                        more))));

        assertThat(stored()).isEqualTo(before);
        assertThat(send("GET", "/api/v1/tenants/gazette/settings", staff, new byte[0]).body()).isEqualTo(settings);
    }

    private void confusion(Row row) throws IOException {
        var before = stored();
        var request = JSON.readTree(row.payload());
        var queue = "/api/v1/tenants/gazette/queue?limit=1";
        var staff = "Authorization: Bearer " + tokens.moderatorOf("gazette");
        var stranger = "Authorization: Bearer " + tokens.moderatorOf("herald");
        if (request.has("header")) {
            var line = request.path("header").asText() + ": " + request.path("value").asText();
            assertSame(
                    send("GET", thread(), List.of(line), new byte[0]), send("GET", thread(), List.of(), new byte[0]));
            if (!line.startsWith("Authorization")) {
                assertSame(
                        send("GET", queue, List.of(staff, line), new byte[0]),
                        send("GET", queue, List.of(staff), new byte[0]));
                assertDenied(send("GET", queue, List.of(stranger, line), new byte[0]));
            }
        }
        var query = request.path("query").asText("");
        assertDenied(send("GET", queue + "&" + query, List.of(stranger), new byte[0]));
        if (request.has("body")) {
            Map<String, Object> more = new HashMap<>();
            request.path("body").properties().forEach(member -> more.put(member.getKey(), member.getValue()));
            assertRefused(
                    send(
                            "POST",
                            thread() + "?" + query,
                            List.of("Content-Type: application/json"),
                            bytes(with(Fixtures.comment(Fixtures.calm()), more))));
            assertRefused(
                    send(
                            "POST",
                            "/api/v1/tenants/gazette/comments/" + ownComment + "/decisions?" + query,
                            List.of("Content-Type: application/json", staff),
                            bytes(with(Map.of("revision", 1, "stateVersion", 0, "action", "SPAM"), more))));
        }
        assertThat(stored()).isEqualTo(before);
    }

    // --- Expectations: what a submission's answer must be ---

    private void judge(Row row, Map<String, Object> sent, Supplier<Answer> sending) {
        var before = stored();
        var start = System.nanoTime();
        var answer = sending.get();
        var took = since(start);
        assertThat(answer.status()).isBetween(200, 499).isNotEqualTo(429);
        boolean taken = answer.status() == 201;
        assertThat(stored().comments() - before.comments()).isEqualTo(taken ? 1 : 0);
        if (!taken) assertRefused(answer);
        switch (row.expectation()) {
            case "refuse" -> {
                assertThat(taken).as("taken").isFalse();
                if (row.enc() == null && row.payload().strip().length() > 3)
                    assertThat(answer.body()).doesNotContain(row.payload());
            }
            case "roundtrip" -> {
                assertThat(answer.status()).as(answer.body()).isEqualTo(201);
                assertComesBack(sent, answer);
            }
            case "roundtrip-or-refuse" -> {
                if (taken) assertComesBack(sent, answer);
            }
            case "refuse-or-clean" -> {
                if (taken) assertThat(UNCLEAN.matcher(body(answer) + name(answer)).find()).as(answer.body()).isFalse();
            }
            case "inert" -> {
                if (taken) ShownHtml.assertHarmless(json(answer).at("/comment/html").asText());
            }
            case "no-inject" -> {
                if (taken) assertComesBack(sent, answer);
                else assertNoSql(answer);
                assertThat(took).isLessThan(GENEROUS);
            }
            case "not-rejected" -> assertThat(status(answer)).isIn("PUBLISHED", "HELD");
            case "not-look-alike" -> {
                if (taken) {
                    assertThat(status(answer)).isEqualTo("HELD");
                    assertThat(reasons(answer)).contains("NAME");
                }
            }
            case "held" -> {
                if (taken && status(answer).equals("PUBLISHED")) {
                    assertThat(MISSED).as("published: " + row.payload()).containsKey(row.id());
                    TALLIES.get(row.kind()).missed++;
                }
            }
            case "bounded" -> {
                assertThat(took).isLessThan(GENEROUS);
                assertHealthy();
            }
            default -> throw new AssertionError("No check for " + row.expectation());
        }
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(REFUSALS);
        // What is too long for the parser is refused by it, before there is a request to answer.
        if (answer.status() != 431 && answer.status() != 414) assertProblem(answer);
    }

    private static void assertDenied(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(DENIALS);
        assertProblem(answer);
        assertNoSql(answer);
    }

    private static void assertProblem(Answer answer) {
        assertThat(answer.header("Content-Type"))
                .as(answer + "")
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(json(answer).path("type").asText()).startsWith("/problems/");
    }

    private static void assertNoSql(Answer answer) {
        var problem = json(answer);
        assertThat(
                        SQL_WORDS
                                .matcher(
                                        problem.path("title").asText()
                                                + problem.path("detail").asText()
                                                + problem.path("errors"))
                                .find())
                .as(answer.body())
                .isFalse();
    }

    private static void assertSame(Answer one, Answer other) {
        assertThat(one.status()).isEqualTo(other.status());
        assertThat(one.body()).isEqualTo(other.body());
    }

    private void assertComesBack(Map<String, Object> sent, Answer answer) {
        assertThat(body(answer)).isEqualTo(asStored(sent.get("body")));
        assertThat(name(answer)).isEqualTo(asStored(sent.get("name")));
        assertThat(answer.body()).doesNotContain(sent.get("email").toString());
    }

    private static String asStored(Object text) {
        return Normalizer.normalize(text.toString().replace("\r\n", "\n").strip(), Normalizer.Form.NFC);
    }

    private static void assertHealthy() {
        assertThat(send("GET", counts(), List.of(), new byte[0]).status()).isEqualTo(200);
    }

    private JsonNode record(Answer answer) {
        var staff = List.of("Authorization: Bearer " + tokens.moderatorOf("gazette"));
        return json(
                send(
                        "GET",
                        "/api/v1/tenants/gazette/comments/" + json(answer).path("id").asText(),
                        staff,
                        new byte[0]));
    }

    private String body(Answer answer) {
        return record(answer).at("/revisions/0/body").asText();
    }

    private String name(Answer answer) {
        return record(answer).at("/comment/commenter/name").asText();
    }

    private static String status(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return json(answer).path("status").asText();
    }

    private static List<String> reasons(Answer answer) {
        return json(answer).path("reasons").findValuesAsText("code");
    }

    // --- Sending ---

    private String thread() {
        return "/api/v1/sites/gazette/articles/" + article + "/comments";
    }

    private static String counts() {
        return "/api/v1/sites/gazette/counts?article=a";
    }

    /** A body over the limit is declared in full and sent in part, since it is refused before it is read. */
    private static Answer send(String method, String target, List<String> headers, byte[] body) {
        var sent = body.length > MOST_BYTES ? java.util.Arrays.copyOf(body, 1000) : body;
        return Wire.exchange(Wire.request(method, target, headers, sent, body.length));
    }

    private static byte[] bytes(Map<String, ?> fields) {
        try {
            return ASCII.writeValueAsBytes(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> with(Map<String, Object> fields, Map<String, Object> more) {
        var all = new HashMap<>(fields);
        all.putAll(more);
        return all;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private static JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError("No JSON: " + answer, e);
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static byte[] bomb() {
        return ("{\"name\":\"" + "a".repeat(10_000_000) + "\"}").getBytes(UTF_8);
    }

    private static byte[] gzip(byte[] bytes) {
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private static void write(java.net.Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long a body that never comes in full keeps its connection. */
    private Duration untilClosed(int declared, boolean drip) {
        var start = System.nanoTime();
        try (var socket = Wire.open()) {
            socket.setSoTimeout(1_000);
            write(
                    socket,
                    Wire.request(
                            "POST",
                            thread(),
                            List.of("Content-Type: application/json"),
                            "{\"name\":\"".getBytes(UTF_8),
                            declared));
            while (since(start).compareTo(Duration.ofSeconds(60)) < 0) {
                try {
                    if (socket.getInputStream().read() < 0) break;
                } catch (java.net.SocketTimeoutException open) {
                    if (drip) write(socket, new byte[] {'a'});
                }
            }
        } catch (IOException | UncheckedIOException closed) {
            // As it should be.
        }
        return since(start);
    }

    private Duration endless() {
        var start = System.nanoTime();
        try (var socket = Wire.open()) {
            write(
                    socket,
                    ("POST "
                                    + thread()
                                    + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
                            .getBytes(ISO_8859_1));
            var chunk = ("400\r\n" + " ".repeat(1024) + "\r\n").getBytes(ISO_8859_1);
            for (int sent = 0; sent < 1_000_000 && since(start).compareTo(Duration.ofSeconds(60)) < 0; sent++)
                write(socket, chunk);
        } catch (IOException | UncheckedIOException closed) {
            // As it should be.
        }
        return since(start);
    }

    /** HTTP/2 by prior knowledge: streams that are opened and reset at once. */
    private static void rapidReset() throws IOException {
        var frames = new ByteArrayOutputStream();
        frames.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
        frames.writeBytes(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
        for (int stream = 1; stream < 20_000; stream += 2) {
            byte high = (byte) (stream >> 8);
            byte low = (byte) stream;
            frames.writeBytes(
                    new byte[] {0, 0, 6, 1, 5, 0, 0, high, low, (byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 1, 'x'});
            frames.writeBytes(new byte[] {0, 0, 4, 3, 0, 0, 0, high, low, 0, 0, 0, 8});
        }
        try (var socket = Wire.open()) {
            socket.setSoTimeout(5_000);
            try {
                write(socket, frames.toByteArray());
                Wire.readAll(socket.getInputStream());
            } catch (IOException | UncheckedIOException closed) {
                // Cut off, or left open and silent: either is fine while others are served.
            }
        }
        assertHealthy();
    }

    // --- What is stored ---

    private record Stored(long comments, long revisions, long states) {}

    private static Stored stored() {
        try (var connection = PostgresResource.asBackup();
                var rows =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select (select count(*) from comment), (select count(*) from revision), (select coalesce(sum(state_version), 0) from comment)")) {
            rows.next();
            return new Stored(rows.getLong(1), rows.getLong(2), rows.getLong(3));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
