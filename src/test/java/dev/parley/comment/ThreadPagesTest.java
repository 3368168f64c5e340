package dev.parley.comment;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Threads read from memory: nothing of the past in them, and little asked of the database. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class ThreadPagesTest {

    private static final String THREAD = "/api/v1/sites/gazette/articles/{a}/comments";

    private final Tokens tokens = new Tokens();

    @Inject SessionFactory sessions;
    @Inject ReadyPages ready;

    @TestHTTPResource("/")
    URI base;

    private String article;

    @BeforeEach
    void an_article() {
        Fixtures.ensure();
        article = Fixtures.newArticle("gazette", "gazette");
    }

    @Test
    void who_posts_or_decides_reads_at_once_what_came_of_it() {
        assertThat(shown()).isEmpty();
        var tag = read().extract().header("ETag");
        var comment = Fixtures.published("gazette", article, Fixtures.calm());
        assertThat(shown()).containsExactly(comment);
        assertThat(count()).isEqualTo(1);
        assertThat(read().extract().header("ETag")).isNotEqualTo(tag);

        decide(comment, Map.of("action", "REJECT", "reason", "ABUSE"));
        assertThat(shown()).isEmpty();
        assertThat(count()).isZero();
        assertThat(read().extract().header("ETag")).isEqualTo(tag);

        decide(comment, Map.of("action", "APPROVE"));
        assertThat(shown()).containsExactly(comment);
    }

    @Test
    void what_another_replica_rejects_is_gone_within_a_second() throws Exception {
        var comment = Fixtures.published("gazette", article, Fixtures.calm());
        assertThat(shown()).containsExactly(comment);
        assertThat(count()).isEqualTo(1);

        behindItsBack(
                "update parley.comment set status = 'REJECTED', spam = true, visible_revision = null where tenant_id = 'gazette' and id = ?",
                UUID.fromString(comment));
        behindItsBack(
                "update parley.article set thread_version = thread_version + 1, comment_count = comment_count - 1"
                        + " where tenant_id = 'gazette' and id = (select article_id from parley.comment where id = ?)",
                UUID.fromString(comment));
        var until = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        boolean gone = false;
        while (!gone && System.nanoTime() < until) {
            gone = shown().isEmpty() && count() == 0;
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(gone).isTrue();
    }

    @Test
    void new_metadata_and_a_closed_article_are_seen_at_once() {
        read().body("article.open", is(true)).body("article.title", is("About " + article));
        given().auth()
                .oauth2(tokens.adminOf("gazette"))
                .contentType(JSON)
                .body(Map.of("open", false, "metadata", Map.of("title", "Ferry late", "categories", List.of("local"))))
                .put("/api/v1/tenants/gazette/sites/{s}/articles/{a}", Fixtures.siteId("gazette", "gazette"), article)
                .then()
                .statusCode(200);
        read().body("article.open", is(false)).body("article.title", is("Ferry late"));
    }

    @Test
    void what_was_read_already_is_not_asked_of_the_database_again() throws Exception {
        Fixtures.published("gazette", article, Fixtures.calm());
        sessions.getStatistics().setStatisticsEnabled(true);
        try {
            read();
            // The article is asked for twice a second, its comments never again.
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                long before = sessions.getStatistics().getPrepareStatementCount();
                read();
                count();
                least = Math.min(least, sessions.getStatistics().getPrepareStatementCount() - before);
            }
            assertThat(least).isZero();

            Fixtures.published("gazette", article, Fixtures.calm());
            long queries = sessions.getStatistics().getQueryExecutionCount();
            try (var fifty = Executors.newFixedThreadPool(50)) {
                List<Callable<List<String>>> readers =
                        IntStream.range(0, 50).<Callable<List<String>>>mapToObj(_ -> this::shown).toList();
                for (var seen : fifty.invokeAll(readers)) {
                    assertThat(seen.get()).hasSize(2);
                }
            }
            assertThat(sessions.getStatistics().getQueryExecutionCount() - queries)
                    .as("questions for fifty who came at once")
                    .isLessThan(10);
        } finally {
            sessions.getStatistics().setStatisticsEnabled(false);
        }
    }

    @Test
    void a_page_leaves_compressed_for_whom_it_may_and_not_at_all_if_it_is_known() throws Exception {
        for (int i = 0; i < 5; i++) {
            Fixtures.published("gazette", article, Fixtures.calm());
        }
        var client = HttpClient.newHttpClient();
        var address = base.resolve(THREAD.replace("{a}", article).substring(1));
        var plain = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
        var compressed =
                client.send(
                        HttpRequest.newBuilder(address).header("Accept-Encoding", "br, gzip;q=0.5").build(),
                        BodyHandlers.ofByteArray());

        assertThat(plain.headers().firstValue("Content-Encoding").orElse("identity")).isEqualTo("identity");
        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(compressed.headers().firstValue("Cache-Control").orElseThrow()).contains("max-age=1");
        assertThat(compressed.headers().firstValue("ETag")).isEqualTo(plain.headers().firstValue("ETag"));
        assertThat(compressed.body().length).isLessThan(plain.body().length / 2);
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
        }
        given().header("If-None-Match", plain.headers().firstValue("ETag").orElseThrow())
                .get(THREAD, article)
                .then()
                .statusCode(304)
                .header("Cache-Control", containsString("max-age=1"));
    }

    @Test
    void what_comes_from_memory_is_what_came_from_the_endpoint() throws Exception {
        Fixtures.published("gazette", article, Fixtures.calm());
        var client = HttpClient.newHttpClient();
        var address = base.resolve(THREAD.replace("{a}", article).substring(1));
        var origin = "https://gazette.example";
        for (var headers :
                List.of(
                        List.of("Accept-Encoding", "gzip, deflate"),
                        List.of("Accept-Encoding", "identity"),
                        List.of("Origin", origin),
                        List.of("Origin", "https://elsewhere.example"))) {
            // A query that nobody sent before is answered by the endpoint, and the second time from memory.
            var asked =
                    HttpRequest.newBuilder(URI.create(address + "?limit=50&n=" + UUID.randomUUID()))
                            .headers(headers.toArray(String[]::new))
                            .build();
            long hits = ready.hits();
            var first = client.send(asked, BodyHandlers.ofByteArray());
            HttpResponse<byte[]> second = first;
            for (int i = 0; i < 20 && ready.hits() == hits; i++) {
                second = client.send(asked, BodyHandlers.ofByteArray());
            }
            assertThat(ready.hits()).as("from memory").isGreaterThan(hits);
            assertThat(second.statusCode()).isEqualTo(first.statusCode()).isEqualTo(200);
            assertThat(unpacked(second)).isEqualTo(unpacked(first));
            assertThat(comparable(second)).as("%s", headers).isEqualTo(comparable(first));
        }
    }

    private static byte[] unpacked(HttpResponse<byte[]> answer) throws IOException {
        if (answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip")) {
            try (var gzip = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
                return gzip.readAllBytes();
            }
        }
        return answer.body();
    }

    /** The headers but for those that tell how it was framed. */
    private static Map<String, Set<String>> comparable(HttpResponse<byte[]> answer) {
        var headers = new TreeMap<String, Set<String>>();
        answer.headers()
                .map()
                .forEach((name, values) -> {
                    if (!Set.of("content-length", "transfer-encoding").contains(name)) {
                        var words = new TreeSet<String>();
                        values.forEach(value -> words.addAll(List.of(value.split(", *"))));
                        headers.put(name, words);
                    }
                });
        return headers;
    }

    @Test
    void articles_of_the_same_key_are_kept_apart() {
        var ours = Fixtures.published("gazette", "harbour-bridge", Fixtures.calm());
        var theirs = Fixtures.published("herald", "harbour-bridge", Fixtures.calm());
        for (int i = 0; i < 3; i++) {
            assertThat(thread("gazette")).contains(ours).doesNotContain(theirs);
            assertThat(thread("herald")).contains(theirs).doesNotContain(ours);
        }
    }

    private static List<String> thread(String site) {
        return given().get("/api/v1/sites/{s}/articles/harbour-bridge/comments?limit=100", site)
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }

    private ValidatableResponse read() {
        return given().get(THREAD, article).then().statusCode(200);
    }

    private List<String> shown() {
        return read().extract().path("items.id");
    }

    private int count() {
        return given().queryParam("article", article)
                .get("/api/v1/sites/gazette/counts")
                .then()
                .statusCode(200)
                .extract()
                .<Integer>path("counts.'" + article + "'");
    }

    private void decide(String comment, Map<String, Object> decision) {
        var whole = new HashMap<>(decision);
        JsonPath present =
                given().auth()
                        .oauth2(tokens.moderatorOf("gazette"))
                        .get("/api/v1/tenants/gazette/comments/{id}", comment)
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
        whole.put("revision", present.getInt("comment.revision"));
        whole.put("stateVersion", present.getLong("comment.stateVersion"));
        given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .contentType(JSON)
                .body(whole)
                .post("/api/v1/tenants/gazette/comments/{id}/decisions", comment)
                .then()
                .statusCode(200);
    }

    private static void behindItsBack(String change, UUID comment) throws SQLException {
        try (var connection = PostgresResource.asBackup();
                var sql = connection.prepareStatement(change)) {
            sql.setObject(1, comment);
            assertThat(sql.executeUpdate()).isEqualTo(1);
        }
    }
}
