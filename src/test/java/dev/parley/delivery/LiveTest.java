package dev.parley.delivery;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.parley.comment.ThreadNews;
import dev.parley.identity.Members;
import dev.parley.outbox.Relay;
import dev.parley.standalone.DemoUsers;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Open pages hear of changes: over the outbox, the database's channel and a real HTTP connection. */
@QuarkusTest
@TestProfile(LiveTest.Patient.class)
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class LiveTest {

    public static final class Patient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "parley.connections", String.valueOf(CONNECTIONS),
                    "parley.head-deadline", "3s",
                    "parley.body-deadline", "5s",
                    "parley.live.lifetime", "30m",
                    "parley.live.heartbeat", "500ms",
                    "parley.live.patience", "1s",
                    "parley.live.per-network", "8",
                    "parley.live.per-member", "3",
                    "parley.live.staff-lifetime", "30m");
        }
    }

    private static final int CONNECTIONS = 200;
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String STAFF = "/api/v1/tenants/gazette";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Inject Relay relay;
    @Inject TenantContext context;
    @Inject Watchers watchers;
    @Inject Desks desks;
    @Inject Members members;
    @Inject SessionFactory sessions;
    @Inject Listener listener;
    @Inject Sites sites;
    @Inject Event<ShutdownDelayInitiatedEvent> ending;
    @Inject MeterRegistry registry;

    private final Tokens tokens = new Tokens();
    private final List<Stream> opened = new ArrayList<>();
    private String article;

    @BeforeEach
    void tenants() {
        Fixtures.ensure();
        article = Fixtures.newArticle("gazette", "gazette");
        relay("gazette");
        relay("herald");
        await("the listener's connection", listener::isListening);
    }

    @AfterEach
    void close() {
        opened.forEach(Stream::close);
        await("all streams to end", () -> watchers.open() == 0 && desks.open() == 0);
    }

    @Test
    void a_published_comment_is_told_to_those_who_watch_its_article_and_to_nobody_else() {
        var watching = stream("gazette", article);
        var sameKeyElsewhere = stream("herald", article);
        var otherArticle = stream("gazette", "harbour-bridge");

        var parent = Fixtures.published("gazette", article, Fixtures.calm());
        relay("gazette");
        var first = watching.event("thread", "\"comment\":\"" + parent + "\"");
        assertThat(first).contains("\"kind\":\"published\"").contains("\"count\":1").doesNotContain("parent");
        assertThat(first).doesNotContain("Thank you").doesNotContain("Reader");
        var reply = Fixtures.comment(Fixtures.calm());
        reply.put("parentId", parent);
        String id = Fixtures.submit("gazette", article, reply).then().statusCode(201).extract().path("id");
        relay("gazette");
        assertThat(watching.event("thread", id)).contains("\"parent\":\"" + parent + "\"").contains("\"count\":2");

        // What the others would have heard came before this.
        var there = Fixtures.published("gazette", "harbour-bridge", Fixtures.calm());
        relay("gazette");
        otherArticle.event("thread", there);
        assertThat(otherArticle.lines()).noneMatch(line -> line.contains(parent) || line.contains(id));
        assertThat(sameKeyElsewhere.lines()).noneMatch(line -> line.startsWith("data"));
        assertThat(watching.lines()).noneMatch(line -> line.contains(there));
    }

    @Test
    void an_article_that_nobody_commented_on_can_be_watched() {
        var key = "never-heard-of-" + UUID.randomUUID();
        var watching = stream("gazette", key);
        var fields = Fixtures.comment(Fixtures.calm());
        fields.put("article", Map.of("url", "https://gazette.example/" + key));
        // Known from a reader only: the strictest policy applies, so a moderator reads it first.
        String id = Fixtures.submit("gazette", key, fields).then().statusCode(201).extract().path("id");
        decide(id, 0, Map.of("action", "APPROVE"));
        relay("gazette");
        watching.event("thread", id);
    }

    @Test
    void what_readers_never_saw_is_told_to_nobody_and_a_removal_only_that() {
        var watching = stream("gazette", article);
        var rejected = Fixtures.held("gazette", article);
        decide(rejected, 0, Map.of("action", "REJECT", "reason", "ABUSE"));
        relay("gazette");
        var approved = Fixtures.held("gazette", article);
        decide(approved, 0, Map.of("action", "APPROVE"));
        relay("gazette");
        assertThat(watching.event("thread", approved)).contains("\"kind\":\"published\"");
        var receipt =
                Fixtures.submit("gazette", article, Fixtures.comment(Fixtures.calm())).then().statusCode(201).extract();
        String id = receipt.path("id");
        relay("gazette");
        watching.event("thread", id);

        edit(id, receipt.path("editToken"), Fixtures.INSULT, "HELD");
        relay("gazette");
        edit(id, receipt.path("editToken"), Fixtures.calm(), "PUBLISHED");
        relay("gazette");
        assertThat(watching.event("thread", id)).contains("\"kind\":\"changed\"").contains("\"count\":2");
        decide(id, 2, Map.of("action", "REJECT", "reason", "OTHER", "revision", 3));
        relay("gazette");
        assertThat(watching.event("thread", id)).contains("\"kind\":\"removed\"").contains("\"count\":1");
        assertThat(watching.lines()).noneMatch(line -> line.contains(rejected));
        assertThat(watching.lines().stream().filter(line -> line.contains(id))).hasSize(3);
    }

    @Test
    void after_a_lost_connection_everybody_is_told_to_ask_anew_and_hears_on() throws Exception {
        var one = stream("gazette", article);
        var other = stream("herald", "harbour-bridge");
        loseConnection();

        one.event("resync", "{}");
        other.event("resync", "{}");
        var id = Fixtures.published("gazette", article, Fixtures.calm());
        relay("gazette");
        one.event("thread", id);
    }

    @Test
    void a_reader_who_takes_nothing_is_cut_off_and_holds_nobody_up() throws Exception {
        var quick = stream("gazette", article);
        try (var slow = new Socket()) {
            slow.setReceiveBufferSize(4_096);
            slow.connect(new InetSocketAddress("127.0.0.1", RestAssured.port));
            slow.getOutputStream()
                    .write(
                            ("GET /api/v1/sites/gazette/articles/"
                                            + article
                                            + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            await("the slow stream", () -> watchers.open() == 2);
            var site = site();
            var until = Instant.now().plus(LONG.multipliedBy(2));
            int told = 0;
            while (watchers.open() == 2 && Instant.now().isBefore(until)) {
                watchers.tell(
                        "gazette",
                        new ThreadNews(ThreadNews.Kind.CHANGED, UUID.randomUUID(), null, site, article, told++));
                if (told % 32 == 0) {
                    Thread.sleep(1);
                }
            }
            assertThat(watchers.open()).as("streams after " + told + " events").isEqualTo(1);
        }
        var id = Fixtures.published("gazette", article, Fixtures.calm());
        relay("gazette");
        quick.event("thread", id);
    }

    @Test
    void a_stream_that_its_reader_closes_is_forgotten_and_a_quiet_one_is_kept_alive() {
        var kept = stream("gazette", article);
        var closed = stream("gazette", article);
        await("both streams", () -> watchers.open() == 2);
        closed.close();
        await("the closed stream to be forgotten", () -> watchers.open() == 1);
        await("heartbeats", () -> heartbeats(kept) >= 3);
    }

    @Test
    void a_body_that_comes_too_slowly_loses_its_connection_and_a_stream_without_one_does_not() throws Exception {
        var reader = stream("gazette", article);
        var staff = desk("gazette", tokens.moderatorOf("gazette"));
        try (var slow = new Socket("127.0.0.1", RestAssured.port)) {
            slow.setSoTimeout((int) LONG.toMillis());
            var head = "POST /api/v1/sites/gazette/articles/" + article + "/comments HTTP/1.1\r\nHost: localhost\r\n";
            var body = "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
            slow.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
            assertThat(isCut(slow)).isTrue();
        }

        // Both streams are older than that body was.
        long heard = heartbeats(staff);
        await("heartbeats", () -> heartbeats(staff) > heard + 1);
        var comment = Fixtures.published("gazette", article, Fixtures.calm());
        relay("gazette");
        reader.event("thread", comment);
    }

    @ParameterizedTest
    @EnumSource(SlowHead.class)
    void a_head_that_comes_too_slowly_loses_its_connection_and_a_stream_does_not(SlowHead head) throws Exception {
        var reader = stream("gazette", article);
        try (var slow = new Socket("127.0.0.1", RestAssured.port)) {
            head.begin(slow);
            var began = Instant.now();

            assertThat(isCutWhileItTrickles(slow)).isTrue();

            // The next limit, that for silence, is 75 s.
            assertThat(Duration.between(began, Instant.now())).isBetween(Duration.ofSeconds(2), LONG);
        }
        var comment = Fixtures.published("gazette", article, Fixtures.calm());
        relay("gazette");
        reader.event("thread", comment);
    }

    @Test
    void a_stream_goes_on_beside_the_slow_head_of_another_request_on_its_connection() throws Exception {
        try (var socket = new Socket("127.0.0.1", RestAssured.port)) {
            socket.getOutputStream()
                    .write(
                            ("GET /api/v1/sites/gazette/articles/"
                                            + article
                                            + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            await("the stream", () -> watchers.open() == 1);
            socket.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            var until = Instant.now().plusSeconds(5);

            socket.setSoTimeout((int) LONG.toMillis());
            while (Instant.now().isBefore(until)) {
                assertThat(socket.getInputStream().read()).as("heartbeats").isPositive();
            }
        }
    }

    @Test
    void one_connection_above_the_bound_is_closed_while_others_go_on_and_there_is_room_again_when_one_ends()
            throws Exception {
        var reader = stream("gazette", article);
        var comment = Fixtures.published("gazette", article, Fixtures.calm());
        var sockets = new ArrayList<Socket>();
        try {
            // Nothing is sent on them: those count, too.
            await(
                    "all to be taken",
                    () -> {
                        if (connections() < CONNECTIONS) {
                            sockets.add(socket());
                        }
                        return connections() == CONNECTIONS;
                    });
            double refused = registry.get("parley.connections.refused").counter().count();

            try (var above = socket()) {
                assertThat(isAnswered(above)).isFalse();
            }
            assertThat(registry.get("parley.connections.refused").counter().count()).isEqualTo(refused + 1);
            assertThat(isAnswered(sockets.getLast())).isTrue();
            relay("gazette");
            reader.event("thread", comment);

            sockets.removeFirst().close();
            await("room for one", () -> connections() == CONNECTIONS - 1);
            sockets.add(socket());
            assertThat(isAnswered(sockets.getLast())).isTrue();
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
        // Others may be open still, kept by clients of other tests.
        await("room for as many", () -> connections() <= CONNECTIONS - sockets.size());
    }

    private double connections() {
        return registry.get("parley.connections").gauge().value();
    }

    private static Socket socket() {
        try {
            return new Socket("127.0.0.1", RestAssured.port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAnswered(Socket socket) throws IOException {
        socket.setSoTimeout((int) LONG.toMillis());
        try {
            socket.getOutputStream()
                    .write("GET /embed.js HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == 'H';
        } catch (SocketException e) {
            return false;
        }
    }

    /** Ways to begin a request and not to come to the end of its head. */
    private enum SlowHead {
        FIRST {
            @Override
            void begin(Socket socket) throws IOException {
                write(socket, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            }
        },
        LATER {
            @Override
            void begin(Socket socket) throws IOException {
                write(socket, "GET /embed.js HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(socket.getInputStream().read()).isEqualTo('H');
                write(socket, "GET / HTTP/1.1\r\nX-Slow: ");
            }
        },
        NOT_EVEN_A_METHOD {
            @Override
            void begin(Socket socket) throws IOException {
                write(socket, "P");
            }
        },
        HTTP_2 {
            @Override
            void begin(Socket socket) throws IOException {
                write(socket, OPENING_OF_HTTP_2);
            }
        },
        UPGRADED {
            @Override
            void begin(Socket socket) throws IOException {
                write(
                        socket,
                        "GET /embed.js HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                                + "HTTP2-Settings: AAMAAABk\r\n\r\n");
                var answer = new byte[12];
                assertThat(socket.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
                assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 101");
                write(socket, OPENING_OF_HTTP_2);
            }
        };

        /** Empty settings, and 1,000 bytes of headers of which none comes here. */
        private static final String OPENING_OF_HTTP_2 =
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0" + "\0\3\350\1\4\0\0\0\3";

        abstract void begin(Socket socket) throws IOException;

        private static void write(Socket socket, String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** Whether the other side ends the connection; what it says is not heeded. */
    private static boolean isCutWhileItTrickles(Socket socket) throws IOException {
        socket.setSoTimeout(200);
        var until = Instant.now().plus(LONG);
        var heard = new byte[4_096];
        while (Instant.now().isBefore(until)) {
            try {
                if (socket.getInputStream().read(heard) < 0) {
                    return true;
                }
            } catch (SocketTimeoutException _) {
                try {
                    socket.getOutputStream().write('R');
                } catch (SocketException _) {
                    return true;
                }
            } catch (SocketException _) {
                return true; // reset
            }
        }
        return false;
    }

    /** Whether the other side ends the connection without an answer. */
    private static boolean isCut(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException _) {
            return true; // reset
        }
    }

    private static long heartbeats(Stream stream) {
        return stream.lines().stream().filter(line -> line.startsWith(":")).count();
    }

    @Test
    void one_network_may_have_only_so_many_streams() {
        for (int i = 0; i < 8; i++) {
            stream("gazette", article);
        }
        await("all streams", () -> watchers.open() == 8);
        given().get("/api/v1/sites/gazette/articles/{a}/events", article)
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .body("type", is("/problems/too-many-requests"));
        opened.removeFirst().close();
        await("a free place", () -> watchers.open() == 7);
        stream("gazette", article);
    }

    @Test
    void what_is_no_site_or_no_key_is_answered_with_a_problem() {
        given().get("/api/v1/sites/nowhere/articles/x/events").then().statusCode(404);
        given().get("/api/v1/sites/gazette/articles/{a}/events", "no key").then().statusCode(400);
    }

    @Test
    void pages_of_the_site_may_listen_and_others_may_not() {
        var own = stream("gazette", article, "https://gazette.example");
        assertThat(own.response.headers().allValues("Access-Control-Allow-Origin"))
                .containsExactly("https://gazette.example");
        assertThat(own.response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(own.response.headers().firstValue("Cache-Control").orElse("")).isEqualTo("no-store");
        var other = stream("gazette", article, "https://evil.example");
        assertThat(other.response.headers().allValues("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void staff_hear_how_comments_stand_in_the_queue_and_nothing_that_was_written() {
        var hears = desk("gazette", tokens.moderatorOf("gazette"));
        var reader = Fixtures.comment(Fixtures.INSULT + " " + UUID.randomUUID());
        String id = Fixtures.submit("gazette", article, reader).then().statusCode(201).extract().path("id");
        assertThat(hears.event("queue", id))
                .contains(
                        "\"stateVersion\":0",
                        "\"waiting\":true",
                        "\"escalated\":false",
                        "\"revision\":1",
                        "TOXICITY",
                        "\"since\":")
                .doesNotContain("\"claim\"");

        var claim = claim(tokens.adminOf("gazette"), id);
        assertThat(hears.event("queue", id)).contains("\"mine\":false", "\"expiresAt\":", "\"name\":");
        given().auth().oauth2(tokens.adminOf("gazette")).delete(STAFF + "/queue/claims/{c}", claim);
        assertThat(hears.event("queue", id)).contains("\"waiting\":true").doesNotContain("\"claim\"");
        claim(tokens.moderatorOf("gazette"), id);
        assertThat(hears.event("queue", id)).contains("\"mine\":true");
        decide(id, 0, Map.of("action", "ESCALATE", "note", "What now?"));
        assertThat(hears.event("queue", id)).contains("\"escalated\":true").doesNotContain("\"claim\"");
        decide(tokens.adminOf("gazette"), id, 0, Map.of("action", "APPROVE"));
        assertThat(hears.event("queue", id))
                .contains("\"stateVersion\":1", "\"waiting\":false")
                .doesNotContain("since");
        assertThat(hears.lines())
                .noneMatch(line ->
                        line.contains("@")
                                || line.contains((String) reader.get("name"))
                                || line.contains((String) reader.get("body"))
                                || line.contains("What now?"));
    }

    @Test
    void a_flag_is_heard_and_a_preview_of_what_could_be_decided_is_not() {
        var id = Fixtures.published("gazette", article, Fixtures.calm());
        var hears = desk("gazette", tokens.moderatorOf("gazette"));
        given().contentType(JSON)
                .body(Map.of("reason", "ILLEGAL", "note", "It breaks the law."))
                .post("/api/v1/sites/gazette/comments/{c}/flags", id)
                .then()
                .statusCode(202);
        assertThat(hears.event("queue", id)).contains("FLAGGED");
        var item = Map.of("comment", id, "revision", 1, "stateVersion", 0);
        given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .contentType(JSON)
                .body(Map.of("items", List.of(item), "action", "APPROVE", "preview", true))
                .post(STAFF + "/decisions")
                .then()
                .statusCode(200)
                .body("results[0].outcome", is("DECIDED"));
        var other = Fixtures.held("gazette", article);
        hears.event("queue", other);
        assertThat(hears.lines()).noneMatch(line -> line.contains(id) && line.contains("\"waiting\":false"));
    }

    @Test
    void staff_of_another_tenant_or_of_another_site_hear_nothing_of_it() {
        var herald = desk("herald", tokens.moderatorOf("herald"));
        var sport = desk("gazette", tokens.of(DemoUsers.GAZETTE_SPORT_MODERATOR));
        var all = desk("gazette", tokens.moderatorOf("gazette"));
        var news = Fixtures.held("gazette", article);
        all.event("queue", news);

        var match = Fixtures.held("gazette-sport", "cup-final");
        sport.event("queue", match);
        all.event("queue", match);
        var there = Fixtures.held("herald", "harbour-bridge");
        herald.event("queue", there);
        assertThat(sport.lines()).noneMatch(line -> line.contains(news) || line.contains(there));
        assertThat(herald.lines()).noneMatch(line -> line.contains(news) || line.contains(match));
        assertThat(all.lines()).noneMatch(line -> line.contains(there));
        given().auth()
                .oauth2(tokens.moderatorOf("herald"))
                .get(STAFF + "/queue/events")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        given().get(STAFF + "/queue/events").then().statusCode(401);
    }

    @Test
    void somebody_who_is_removed_hears_nothing_from_soon_on_and_a_change_of_their_sites_asks_them_back() {
        var guest = Fixtures.member("gazette", DemoUsers.HERALD_MODERATOR, "MODERATOR", List.of());
        var stays = desk("gazette", tokens.moderatorOf("gazette"));
        var hears = desk("gazette", tokens.moderatorOf("herald"));
        var admin = tokens.adminOf("gazette");
        given().auth()
                .oauth2(admin)
                .contentType(JSON)
                .body(Map.of("sites", List.of(Fixtures.siteId("gazette", "gazette-sport"))))
                .patch("/api/v1/tenants/gazette/members/{m}", guest)
                .then()
                .statusCode(200);
        desks.lookAgain();
        await("the end of what was admitted otherwise", () -> desks.open() == 1);

        desk("gazette", tokens.moderatorOf("herald"));
        given().auth().oauth2(admin).delete("/api/v1/tenants/gazette/members/{m}", guest).then().statusCode(204);
        desks.lookAgain();
        await("the end of a former member's stream", () -> desks.open() == 1);
        var news = Fixtures.held("gazette", article);
        stays.event("queue", news);
        assertThat(hears.lines()).noneMatch(line -> line.contains(news));
    }

    @Test
    void who_still_may_hear_is_asked_once_for_all_streams_of_a_tenant() {
        var sport = Fixtures.siteId("gazette", "gazette-sport");
        var guest =
                UUID.fromString(
                        Fixtures.member(
                                "gazette",
                                DemoUsers.HERALD_MODERATOR,
                                "MODERATOR",
                                List.of(Fixtures.siteId("gazette", "gazette"), sport)));
        for (var token :
                List.of(
                        tokens.moderatorOf("gazette"),
                        tokens.adminOf("gazette"),
                        tokens.of(DemoUsers.GAZETTE_SPORT_MODERATOR),
                        tokens.moderatorOf("herald"))) {
            desk("gazette", token);
            desk("gazette", token);
        }
        desk("herald", tokens.moderatorOf("herald"));
        sessions.getStatistics().setStatisticsEnabled(true);
        try {
            // The least of several times, since jobs may run beside it.
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                long before = sessions.getStatistics().getPrepareStatementCount();
                desks.lookAgain();
                least = Math.min(least, sessions.getStatistics().getPrepareStatementCount() - before);
            }
            assertThat(least).as("statements for nine streams of two tenants").isEqualTo(2);
            assertThat(desks.open()).isEqualTo(9);
            assertThat(context.call("gazette", () -> members.standing(List.of(guest))))
                    .containsOnlyKeys(guest)
                    .hasEntrySatisfying(
                            guest, staff -> assertThat(staff.sites()).hasSize(2).contains(UUID.fromString(sport)));
            assertThat(context.call("herald", () -> members.standing(List.of(guest)))).isEmpty();
        } finally {
            sessions.getStatistics().setStatisticsEnabled(false);
            given().auth()
                    .oauth2(tokens.adminOf("gazette"))
                    .delete("/api/v1/tenants/gazette/members/{m}", guest)
                    .then()
                    .statusCode(204);
        }
    }

    @Test
    void staff_of_a_tenant_that_is_served_no_more_hear_nothing_from_soon_on() throws SQLException {
        desk("herald", tokens.moderatorOf("herald"));
        desk("gazette", tokens.moderatorOf("gazette"));
        try {
            put("herald", "SUSPENDED");
            desks.lookAgain();
            await("the end of the stream of a suspended tenant", () -> desks.open() == 1);
            assertThat(desks.anyOf("gazette")).isTrue();
        } finally {
            put("herald", "ACTIVE");
        }
    }

    private static void put(String tenant, String status) throws SQLException {
        try (var connection = PostgresResource.asSuperuser();
                var sql = connection.prepareStatement("update parley.tenant set status = ? where id = ?")) {
            sql.setString(1, status);
            sql.setString(2, tenant);
            assertThat(sql.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void after_a_gap_staff_are_told_to_ask_anew_and_a_member_has_only_so_many_streams() throws Exception {
        var hears = desk("gazette", tokens.moderatorOf("gazette"));
        loseConnection();
        hears.event("resync", "{}");
        desk("gazette", tokens.moderatorOf("gazette"));
        desk("gazette", tokens.moderatorOf("gazette"));
        given().auth()
                .oauth2(tokens.moderatorOf("gazette"))
                .get(STAFF + "/queue/events")
                .then()
                .statusCode(429)
                .contentType("application/problem+json");
        desk("gazette", tokens.adminOf("gazette"));
    }

    @Test
    void the_programs_end_when_asked_for_waits_for_no_stream() {
        stream("gazette", article);
        desk("gazette", tokens.moderatorOf("gazette"));
        await("both streams", () -> watchers.open() == 1 && desks.open() == 1);

        ending.fire(new ShutdownDelayInitiatedEvent());

        await("the end of both", () -> watchers.open() == 0 && desks.open() == 0);
    }

    // --- Small things ---

    private static void loseConnection() throws SQLException {
        try (var superuser = PostgresResource.asSuperuser();
                var statement = superuser.createStatement();
                var killed =
                        statement.executeQuery(
                                "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = '"
                                        + Listener.NAME
                                        + "'")) {
            killed.next();
            assertThat(killed.getInt(1)).isEqualTo(1);
        }
    }

    private final class Stream {
        final HttpResponse<InputStream> response;
        private final List<String> lines = new ArrayList<>();

        /** Events before this line were looked at already. */
        private int from;

        Stream(HttpResponse<InputStream> response) {
            this.response = response;
            Thread.ofVirtual()
                    .start(() -> {
                        try (var reader =
                                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                                add(line);
                            }
                        } catch (IOException e) {
                            add("! " + e.getClass().getSimpleName());
                        }
                    });
        }

        private synchronized void add(String line) {
            lines.add(line);
        }

        synchronized List<String> lines() {
            return List.copyOf(lines);
        }

        /** The data of the next event of that name that holds a text. */
        String event(String name, String text) {
            var found = new AtomicReference<String>();
            await("event " + name + " with " + text, () -> found(name, text, found));
            return found.get();
        }

        private synchronized boolean found(String name, String text, AtomicReference<String> data) {
            for (; from + 1 < lines.size(); from++) {
                if (lines.get(from).replace(" ", "").equals("event:" + name) && lines.get(from + 1).contains(text)) {
                    data.set(lines.get(from + 1));
                    from += 2;
                    return true;
                }
            }
            return false;
        }

        void close() {
            try {
                response.body().close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Stream stream(String site, String key) {
        return stream(site, key, "https://" + site + ".example");
    }

    private Stream stream(String site, String key, String origin) {
        return open("/api/v1/sites/%s/articles/%s/events".formatted(site, key), "Origin", origin);
    }

    private Stream desk(String tenant, String token) {
        return open("/api/v1/tenants/%s/queue/events".formatted(tenant), "Authorization", "Bearer " + token);
    }

    private Stream open(String path, String header, String value) {
        try {
            var address = URI.create("http://127.0.0.1:%d%s".formatted(RestAssured.port, path));
            var response =
                    HTTP.send(
                            HttpRequest.newBuilder(address).header(header, value).build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            var stream = new Stream(response);
            opened.add(stream);
            await("the first line", () -> !stream.lines().isEmpty());
            return stream;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private UUID site() {
        return context.call("gazette", () -> sites.byKey("gazette").id());
    }

    private void relay(String tenant) {
        context.run(
                tenant,
                () -> {
                    while (relay.deliver(tenant) == Relay.Again.AT_ONCE) {
                        // on
                    }
                });
    }

    private String claim(String token, String comment) {
        return given().auth()
                .oauth2(token)
                .contentType(JSON)
                .body(Map.of("comment", comment))
                .post(STAFF + "/queue/claims")
                .then()
                .statusCode(201)
                .extract()
                .path("items[0].claim.id");
    }

    private void decide(String id, int stateVersion, Map<String, Object> action) {
        decide(tokens.moderatorOf("gazette"), id, stateVersion, action);
    }

    private static void decide(String token, String id, int stateVersion, Map<String, Object> action) {
        var body = new HashMap<>(action);
        body.putIfAbsent("revision", 1);
        body.put("stateVersion", stateVersion);
        given().auth()
                .oauth2(token)
                .contentType(JSON)
                .body(body)
                .post("/api/v1/tenants/gazette/comments/{id}/decisions", id)
                .then()
                .statusCode(200);
    }

    private static void edit(String id, String token, String body, String status) {
        given().header("Edit-Token", token)
                .contentType(JSON)
                .body(Map.of("body", body))
                .patch("/api/v1/sites/gazette/comments/{id}", id)
                .then()
                .statusCode(200)
                .body("status", is(status));
    }

    private static void await(String what, BooleanSupplier condition) {
        var until = Instant.now().plus(LONG);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("waited for " + what).isBefore(until);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
