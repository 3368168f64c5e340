package dev.parley.reader;

import static dev.parley.reader.ReaderWorld.address;
import static dev.parley.reader.ReaderWorld.calm;
import static dev.parley.reader.ReaderWorld.send;
import static dev.parley.reader.ReaderWorld.string;
import static dev.parley.reader.ReaderWorld.strings;
import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.parley.platform.PlatformConfig;
import dev.parley.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asking for a link: answered and worked on alike, whoever is known at the address. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class LinkRequestTest {

    private static final Pattern STATEMENT = Pattern.compile(".*LOG: +(?:execute [^:]+|statement): (.*)");
    private static final int CALLS = 200;

    @Inject ReaderWorld world;
    @Inject LinkRequests requests;
    @Inject PlatformConfig platform;

    private String site;

    @BeforeEach
    void newTenant() {
        site = world.tenant("en");
    }

    @Test
    void a_known_address_is_answered_and_worked_on_as_an_unknown_one() throws Exception {
        var known = address();
        var sent = send(site, "Ada", known, calm());
        ask(site, address()); // what is done once only is done now

        var toKnown = new String[1];
        var toUnknown = new String[1];
        var doneForKnown = statements(() -> toKnown[0] = shape(ask(site, known)));
        var doneForUnknown = statements(() -> toUnknown[0] = shape(ask(site, address())));

        assertThat(toKnown[0]).isEqualTo(toUnknown[0]).startsWith("202 ");
        assertThat(doneForKnown).isEqualTo(doneForUnknown);
        assertThat(doneForKnown)
                .anyMatch(sql -> sql.startsWith("insert into link_request"))
                .anyMatch(sql -> sql.startsWith("insert into outbox_event"))
                .noneMatch(sql -> sql.contains("commenter"));
        System.out.printf(
                "Link requests: %d statements each, for a known address and an unknown one%n", doneForKnown.size());
        var rows = strings("select id from link_request where tenant_id = ? order by id", site);
        assertThat(rows).hasSize(3);
        assertThat(
                        strings(
                                "select subject_id from outbox_event where tenant_id = ? and type = 'LinkAsked' order by id",
                                site))
                .containsExactlyElementsOf(rows);
        assertThat(commenterFor(rows.get(1))).contains(sent.commenter());
        assertThat(commenterFor(rows.get(2))).isEmpty();
    }

    @Test
    void the_link_goes_to_who_proved_the_address_else_to_who_wrote_last() throws SQLException {
        var email = address();
        var first = send(site, "Ada", email, calm());
        var second = send(site, "Ada", email, calm());
        ask(site, email.toUpperCase(java.util.Locale.ROOT)).then().statusCode(202);
        var request = string("select id from link_request where tenant_id = ?", site);

        assertThat(commenterFor(request)).contains(second.commenter());
        world.proven(site, first.commenter());
        assertThat(commenterFor(request)).contains(first.commenter());
        // Another tenant knows neither the request nor the reader.
        var other = world.tenant("en");
        assertThat(world.in(other, () -> requests.commenterFor(UUID.fromString(request)))).isEmpty();
    }

    @Test
    void a_request_that_is_not_right_is_refused_alike_for_every_address() {
        var known = address();
        send(site, "Ada", known, calm());
        for (var email : List.of(known, address())) {
            given().contentType(JSON)
                    .header("Origin", "https://evil.example")
                    .body(ProofTest.body(site, email))
                    .post("/api/v1/me/link")
                    .then()
                    .statusCode(403);
            ask("no-such-site", email).then().statusCode(404);
            given().contentType(JSON).body(Map.of("email", email)).post("/api/v1/me/link").then().statusCode(400);
            given().contentType(JSON)
                    .body(Map.of("site", site, "email", email, "name", "x"))
                    .post("/api/v1/me/link")
                    .then()
                    .statusCode(400);
            for (var origin : List.of("https://" + site + ".example", platform.publicOrigin())) {
                given().contentType(JSON)
                        .header("Origin", origin)
                        .body(ProofTest.body(site, email))
                        .post("/api/v1/me/link")
                        .then()
                        .statusCode(202);
            }
        }
        for (var wrong : List.of("", "nobody", "a@b", "two@mail.example,one@mail.example")) {
            ask(site, wrong).then().statusCode(400).body("errors[0].field", is("email"));
        }
        given().contentType(JSON).post("/api/v1/me/link").then().statusCode(400);
    }

    /** Printed only: on a shared machine a bound on times would say nothing. */
    @Test
    void how_long_it_takes_is_printed() {
        var known = address();
        send(site, "Ada", known, calm());
        List<Long> toKnown = new ArrayList<>();
        List<Long> toUnknown = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            toKnown.add(timed(known));
            toUnknown.add(timed(address()));
        }
        System.out.printf(
                "Link requests: median of %d calls for a known address %.2f ms, for unknown ones %.2f ms, ratio %.2f%n",
                CALLS, median(toKnown) / 1e6, median(toUnknown) / 1e6, (double) median(toKnown) / median(toUnknown));
        assertThat(toKnown).hasSameSizeAs(toUnknown);
    }

    private Optional<UUID> commenterFor(String request) {
        return world.in(site, () -> requests.commenterFor(UUID.fromString(request)));
    }

    private static Response ask(String site, String email) {
        return given().contentType(JSON).body(ProofTest.body(site, email)).post("/api/v1/me/link");
    }

    private static String shape(Response answer) {
        var heads = new TreeSet<String>();
        answer.headers().forEach(header -> heads.add(header.getName() + ": " + header.getValue()));
        return answer.statusCode() + " " + heads + answer.asString();
    }

    private long timed(String email) {
        long start = System.nanoTime();
        ask(site, email).then().statusCode(202);
        return System.nanoTime() - start;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    /** The kinds of statements that the database was sent meanwhile, in their order, by its own log. */
    private static List<String> statements(Runnable work) throws SQLException {
        var begin = "begin-" + UUID.randomUUID();
        var end = "end-" + UUID.randomUUID();
        strings("select '" + begin + "'");
        work.run();
        strings("select '" + end + "'");
        var deadline = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < deadline) {
            var all = log();
            int from = index(all, begin);
            int to = index(all, end);
            if (from >= 0 && to > from) {
                return all.subList(from + 1, to).stream().filter(sql -> !sql.contains("set_config")).toList();
            }
            Thread.onSpinWait();
        }
        throw new IllegalStateException("The database's log did not show the end of the work");
    }

    private static int index(List<String> lines, String needle) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).contains(needle)) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> log() {
        try (Stream<Path> files = Files.list(PostgresResource.logFolder())) {
            var newest = files.max(java.util.Comparator.comparing(Path::toString)).orElseThrow();
            try (var lines = Files.lines(newest, java.nio.charset.StandardCharsets.ISO_8859_1)) {
                return lines.map(STATEMENT::matcher)
                        .filter(java.util.regex.Matcher::matches)
                        .map(line -> line.group(1))
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
