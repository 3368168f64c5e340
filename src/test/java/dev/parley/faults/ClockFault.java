package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import dev.parley.testing.History;
import dev.parley.testing.History.Outcome;
import dev.parley.testing.HistoryChecker;
import dev.parley.testing.Newsroom;
import dev.parley.testing.PackagedParley;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal R10: the clock of the program's machine is wrong, and jumps, while that of the database is right; then both pass
 * a moment at which calendars or counters turn over. The clocks are shifted by libfaketime (Debian: {@code apt install
 * faketime}): skipped where it is not.
 */
class ClockFault {

    private static final Path LIBRARY = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");

    private static final Newsroom NEWSROOM = new Newsroom("clock", "clock-news", List.of("bridge", "harbour"));
    private static final String PROBED = "probed";
    private static final Newsroom PROBES = new Newsroom("probes", "probes-news", List.of(PROBED));

    /** Of a claim. */
    private static final Duration LEASE = Duration.ofSeconds(20);

    /** Until the program has read the shift anew, which it does once a second. */
    private static final Duration TAKEN_UP = Duration.ofSeconds(3);

    /** Goal: nothing expires early by more than this, nor late. */
    private static final Duration LEEWAY = Duration.ofSeconds(30);

    /** From the beginning of the rounds to the moment: one round, on a busy machine. */
    private static final Duration BEFORE = Duration.ofSeconds(120);

    /** The program reads the database's clock every ten seconds. */
    private static final Duration READ_ANEW = Duration.ofSeconds(12);

    private static final Duration BACKGROUND = Duration.ofSeconds(20);
    private static final int HELD = 40;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> faults = new ArrayList<>();
    private final List<UUID> posted = new ArrayList<>();
    private final HttpClient http = Crew.client();
    private @Nullable UUID first;

    /** Between the clock of this process and the true one, which is the database's. */
    private Duration truth = Duration.ZERO;

    /** Between the true clock and the program's. */
    private Duration wrong = Duration.ZERO;

    @Test
    void a_programs_clock_that_is_wrong_changes_nothing(@TempDir Path folder) throws Exception {
        assumeTrue(Files.exists(LIBRARY), "SKIPPED: there is no " + LIBRARY);
        var shift = Files.writeString(folder.resolve("shift"), "+0");
        try (var signIn = new SignIn().start();
                var database =
                        EmbeddedDatabase.start(
                                folder.resolve("pg"), 0, DatabasePasswords.random(), Durability.KEPT, Map.of());
                var parley = parley(database, folder, signIn, shift, "wrong")) {
            parley.start();
            prepare(database, parley);
            try (var crew = new Crew(parley, NEWSROOM, 4, 2)) {
                var key = key(parley, signIn, "lasting", now().plusSeconds(3_600));
                for (long seconds : List.of(0L, 300L, -300L, 0L, -3_600L, 172_800L, 0L)) {
                    crew.awaitTraffic(20);
                    round(database, parley, signIn, key, shift, Duration.ofSeconds(seconds));
                }
                end(database, parley, crew, "program wrong by 0, +5 min, -5 min, 0, -1 h, +2 days, 0");
            }
        }
        assertThat(faults).isEmpty();
    }

    /** Of times to come: under a clock that libfaketime sets back, PostgreSQL's own timers are over at once. */
    @ParameterizedTest
    @CsvSource({
        "2038-01-19T03:14:08Z, UTC", // seconds since 1970 fill 31 bits
        "2027-03-28T01:00:00Z, Europe/Berlin", // an hour is left out
        "2027-10-31T01:00:00Z, Europe/Berlin" // an hour comes twice
    })
    void a_moment_at_which_clocks_turn_over_changes_nothing(Instant moment, String zone, @TempDir Path folder)
            throws Exception {
        assumeTrue(Files.exists(LIBRARY), "SKIPPED: there is no " + LIBRARY);
        var database =
                EmbeddedDatabase.start(folder.resolve("pg"), 0, DatabasePasswords.random(), Durability.KEPT, Map.of());
        database.close();
        truth = Duration.between(Instant.now(), moment.minus(Duration.ofHours(1)));
        var shift = Files.writeString(folder.resolve("shift"), "%+d".formatted(truth.toSeconds()));
        var environment = new HashMap<>(faked(shift));
        environment.put("TZ", zone);
        var log = Files.createDirectories(Path.of("target")).resolve("fault-clock-database.log");
        try (var signIn = new SignIn().start();
                var _ =
                        Server.start(
                                        database,
                                        folder.resolve("pg"),
                                        Map.of("timezone", zone, "log_timezone", zone),
                                        environment,
                                        log)
                                .awaitWritable(Duration.ofSeconds(60));
                var parley = parley(database, folder, signIn, shift, "turn", Map.of("TZ", zone))) {
            parley.start();
            prepare(database, parley);
            // However long the start took; then until the database's clock was read anew.
            truth = Duration.between(Instant.now(), moment.minus(BEFORE));
            Files.writeString(shift, "%+d".formatted(truth.toSeconds()));
            Thread.sleep(READ_ANEW.toMillis());
            try (var crew = new Crew(parley, NEWSROOM, 4, 2)) {
                var key = key(parley, signIn, "lasting", now().plusSeconds(3_600));
                crew.awaitTraffic(20);
                round(database, parley, signIn, key, shift, Duration.ZERO);
                assertThat(now()).as("the round before").isBefore(moment);
                while (now().isBefore(moment.minusSeconds(4))) {
                    Thread.sleep(100);
                }
                round(database, parley, signIn, key, shift, Duration.ZERO); // a claim and a key live across it
                assertThat(now()).as("the round across").isAfter(moment);
                round(database, parley, signIn, key, shift, Duration.ZERO);
                crew.awaitTraffic(20);
                end(database, parley, crew, "all past " + moment + ", " + zone);
            }
        }
        assertThat(faults).isEmpty();
    }

    // --- What is tried ---

    /** What begins before the program's clock is set, and what it is then. */
    private void round(
            EmbeddedDatabase database, PackagedParley parley, SignIn signIn, String lasting, Path shift, Duration next)
            throws Exception {
        var begun = now();
        var ends = begun.plus(LEASE);
        var fresh = key(parley, signIn, "short-" + posted.size(), ends);
        var claim = claimed(parley, signIn, Map.of("limit", 1));
        var item = claim.path("items").path(0).path("comment").path("id").asText();
        var lapses = Instant.parse(claim.path("items").path(0).path("claim").path("expiresAt").asText());
        if (item.isEmpty()) {
            throw new IllegalStateException("Nothing could be claimed: " + claim);
        }
        if (truth.isZero()) {
            Files.writeString(shift, "%+d".formatted(next.toSeconds()));
            wrong = next;
            Thread.sleep(TAKEN_UP);
        }
        var said = new ArrayList<String>();

        // Comments: when they were written, and in which order; a key that is repeated.
        var before = now();
        var id = post(parley, "probe-" + posted.size(), posted.size());
        var written = written(database, id);
        note(said, "a comment is dated", Duration.between(before, written), Duration.ofSeconds(5));
        posted.add(id);
        first = first == null ? id : first;
        if (!post(parley, "probe-0", 0).equals(first)) {
            fault("a repeated idempotency key made another comment");
        }
        // A thread is read twice a second at most.
        for (int i = 0; !newest(parley).equals(posted.reversed()); i++) {
            if (i == 10) {
                fault("the newest are not first: %s of %s".formatted(newest(parley), posted.reversed()));
                break;
            }
            Thread.sleep(500);
        }

        // Claims and keys: there until their time, and not after it.
        int early = status(parley, signIn, "second", "POST", "/queue/claims", Map.of("comment", item));
        if (early != 409 && now().isBefore(lapses)) {
            fault("a colleague's claim was gone %s before its end".formatted(Duration.between(now(), lapses)));
        }
        int keyEarly = scores(parley, fresh);
        if (keyEarly != 200 && now().isBefore(ends)) {
            fault("an API key ended %s before its time".formatted(Duration.between(now(), ends)));
        }
        said.add(
                "looked at a claim and a key %.1f s before their ends"
                        .formatted(Duration.between(now(), ends).toMillis() / 1e3));
        if (scores(parley, lasting) != 200) {
            fault("an API key of an hour did not work: " + scores(parley, lasting));
        }
        while (now().isBefore(lapses.plusSeconds(2))) {
            Thread.sleep(100);
        }
        int late = status(parley, signIn, "second", "POST", "/queue/claims", Map.of("comment", item));
        if (late != 201) {
            fault("a claim was still there 2 s after its end: " + late);
        }
        if (scores(parley, fresh) == 200) {
            fault("an API key worked 2 s after its end");
        }

        // Ages in the queue.
        var statistics = JSON.readTree(call(parley, signIn, "first", "GET", "/statistics", Map.of()).body());
        var oldest = Instant.parse(statistics.path("queue").path("oldest").asText());
        double half = statistics.path("queue").path("ageSeconds").path("p50").asDouble();
        long most = Duration.between(oldest, now()).toMillis();
        note(
                said,
                "half of the queue is older than it can be by",
                Duration.ofMillis((long) (half * 1e3) - most),
                LEEWAY);
        if (half < 0 || !oldest.isBefore(now().plus(LEEWAY))) {
            fault("the queue's oldest entered at %s, half of it is %.0f s old".formatted(oldest, half));
        }

        // What is done in the background goes on.
        said.add("relayed and sealed after %.1f s".formatted(background(database).toMillis() / 1e3));

        // Tokens of the sign-in: only told, but for the leeway while the clock is right.
        var tokens = new ArrayList<Integer>();
        for (long left : List.of(3_600L, 240L, -20L, -60L)) {
            tokens.add(me(parley, signIn.token("first", now().minusSeconds(600), now().plusSeconds(left))));
        }
        said.add("tokens that end in an hour, in 4 min, 20 s ago and a minute ago: " + tokens);
        if (wrong.isZero() && !tokens.equals(List.of(200, 200, 200, 401))) {
            fault("tokens: " + tokens);
        }
        System.out.printf("R10, %+d s at %s: %s%n", wrong.toSeconds(), before, String.join("; ", said));
    }

    private void end(EmbeddedDatabase database, PackagedParley parley, Crew crew, String what) throws Exception {
        crew.awaitTraffic(20);
        crew.finish();
        var attempts = crew.history().attempts();
        var failed = attempts.stream().filter(attempt -> attempt.outcome() != Outcome.OK).toList();
        try (var backup = database.asBackup()) {
            faults.addAll(new HistoryChecker(backup, NEWSROOM.tenant()).faults(crew.history()));
        }
        try (var backup = database.asBackup();
                var rows =
                        backup.createStatement()
                                .executeQuery(
                                        "select count(*) from idempotency where tenant_id = '"
                                                + PROBES.tenant()
                                                + "'")) {
            rows.next();
            if (rows.getInt(1) < posted.size()) {
                fault("of %d idempotency keys %d are left".formatted(posted.size(), rows.getInt(1)));
            }
        }
        if (!posted.stream()
                .map(UUID::toString)
                .toList()
                .equals(posted.stream().map(UUID::toString).sorted().toList())) {
            fault("ids are not in the order of the posts: " + posted);
        }
        var reads = crew.reads().all();
        System.out.printf(
                "R10, %s: %d calls of writers, %d failed (%s); %d posts acknowledged; %.1f %% of %d reads well; faults: %s%n",
                what,
                attempts.size(),
                failed.size(),
                failed.stream().map(History.Attempt::http).distinct().toList(),
                crew.history().posts(Outcome.OK).size(),
                100 * Calls.share(reads, status -> status == 200),
                reads.size(),
                faults);
        assertThat(failed).isEmpty();
        assertThat(reads).isNotEmpty().allMatch(call -> call.status() == 200);
    }

    private void note(List<String> said, String what, Duration off, Duration most) {
        said.add("%s %.1f s".formatted(what, off.toMillis() / 1e3));
        if (off.abs().compareTo(most) > 0 && (off.isPositive() || most.compareTo(LEEWAY) < 0)) {
            fault("%s %s".formatted(what, off));
        }
    }

    private void fault(String what) {
        faults.add("%+d s: %s".formatted(wrong.toSeconds(), what));
    }

    /** How long it took until all events were delivered and all entries of the trail sealed that are there now. */
    private Duration background(EmbeddedDatabase database) throws SQLException, InterruptedException {
        long began = System.nanoTime();
        var waiting = "";
        while (Duration.ofNanos(System.nanoTime() - began).compareTo(BACKGROUND) < 0) {
            try (var backup = database.asBackup();
                    var rows =
                            backup.createStatement()
                                    .executeQuery(
                                            """
                                            select (select count(*) from outbox_event where delivered_at is null and attempts = 0
                                                    and tenant_id = 'probes'),
                                                (select count(*) from audit_entry e where tenant_id = 'probes' and not exists
                                                    (select from audit_link l where l.tenant_id = e.tenant_id and l.entry_id = e.id))
                                            """)) {
                rows.next();
                if (rows.getInt(1) == 0 && rows.getInt(2) == 0) {
                    return Duration.ofNanos(System.nanoTime() - began);
                }
                waiting = "%d events and %d entries".formatted(rows.getInt(1), rows.getInt(2));
            }
            Thread.sleep(200);
        }
        fault("%s still wait for the background after %s".formatted(waiting, BACKGROUND));
        return Duration.ofNanos(System.nanoTime() - began);
    }

    // --- Calls ---

    private UUID post(PackagedParley parley, String key, int number) throws Exception {
        var answer =
                http.send(
                        Crew.posting(parley, PROBES, PROBED, "probe", key, "A calm report, number " + number),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return UUID.fromString(JSON.readTree(answer.body()).path("id").asText());
    }

    private List<UUID> newest(PackagedParley parley) throws Exception {
        var answer =
                http.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "%s/api/v1/sites/%s/articles/%s/comments?sort=newest&limit=50"
                                                        .formatted(parley.address(), PROBES.site(), PROBED)))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return StreamSupport.stream(JSON.readTree(answer.body()).path("items").spliterator(), false)
                .map(item -> UUID.fromString(item.path("id").asText()))
                .filter(posted::contains)
                .toList();
    }

    /** A key for scores that ends then. */
    private String key(PackagedParley parley, SignIn signIn, String name, Instant ends) throws Exception {
        var answer =
                call(parley, signIn, "first", "POST", "/api-keys", Map.of("name", name, "expiresAt", ends.toString()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body()).path("key").asText();
    }

    private int scores(PackagedParley parley, String key) throws Exception {
        var address = parley.address() + "/api/v1/tenants/" + PROBES.tenant() + "/scores";
        return http.send(
                        HttpRequest.newBuilder(URI.create(address))
                                .header("Authorization", "Bearer " + key)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"texts\":[{\"text\":\"A calm report\"}]}"))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private JsonNode claimed(PackagedParley parley, SignIn signIn, Map<String, Object> what) throws Exception {
        var answer = call(parley, signIn, "first", "POST", "/queue/claims", what);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    private int status(
            PackagedParley parley, SignIn signIn, String member, String method, String path, Map<String, Object> body)
            throws Exception {
        return call(parley, signIn, member, method, path, body).statusCode();
    }

    /** With a token that is good by the program's clock, right or wrong. */
    private HttpResponse<String> call(
            PackagedParley parley,
            SignIn signIn,
            String member,
            String method,
            String path,
            Map<String, ? extends Object> body)
            throws IOException, InterruptedException {
        var by = now().plus(wrong);
        return http.send(
                HttpRequest.newBuilder(URI.create(parley.address() + "/api/v1/tenants/" + PROBES.tenant() + path))
                        .timeout(Duration.ofSeconds(20))
                        .header(
                                "Authorization",
                                "Bearer " + signIn.token(member, by.minusSeconds(7_200), by.plusSeconds(7_200)))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                method.equals("GET")
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                        .build(),
                BodyHandlers.ofString());
    }

    private int me(PackagedParley parley, String token) throws InterruptedException {
        return new Calls()
                .send(
                        http,
                        HttpRequest.newBuilder(URI.create(parley.address() + "/api/v1/me"))
                                .timeout(Duration.ofSeconds(20))
                                .header("Authorization", "Bearer " + token)
                                .build())
                .status();
    }

    // --- What is there ---

    private Instant now() {
        return Instant.now().plus(truth);
    }

    private static PackagedParley parley(EmbeddedDatabase database, Path folder, SignIn signIn, Path shift, String name)
            throws IOException {
        return parley(database, folder, signIn, shift, name, Map.of());
    }

    private static PackagedParley parley(
            EmbeddedDatabase database, Path folder, SignIn signIn, Path shift, String name, Map<String, String> more)
            throws IOException {
        var log = Files.createDirectories(Path.of("target")).resolve("fault-clock-" + name + ".log");
        Files.deleteIfExists(log);
        var settings = Crew.settings(database, folder);
        settings.put("QUARKUS_OIDC_AUTH_SERVER_URL", signIn.issuer());
        settings.put("PARLEY_CLAIMS_LEASE", LEASE.toSeconds() + "S");
        settings.putAll(faked(shift));
        settings.putAll(more);
        return new PackagedParley(settings, log);
    }

    private static Map<String, String> faked(Path shift) {
        return Map.of(
                "LD_PRELOAD",
                LIBRARY.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                shift.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "DONT_FAKE_MONOTONIC",
                "1");
    }

    private void prepare(EmbeddedDatabase database, PackagedParley parley) throws Exception {
        try (var backup = database.asBackup()) {
            NEWSROOM.seed(backup);
            PROBES.seed(backup);
            ModeratorsFault.employ(backup, PROBES.tenant(), "first");
            ModeratorsFault.employ(backup, PROBES.tenant(), "second");
            backup.createStatement().execute("update member set role = 'ADMIN' where tenant_id = 'probes'");
        }
        for (int i = 0; i < HELD; i++) {
            hold(parley, i);
        }
    }

    /** Sent again if the connection went without an answer: one more that waits does no harm. */
    private void hold(PackagedParley parley, int number) throws Exception {
        try {
            ModeratorsFault.post(parley, http, PROBES, "writer" + number, number);
        } catch (IOException e) {
            ModeratorsFault.post(parley, http, PROBES, "writer" + number, number);
        }
    }

    private static Instant written(EmbeddedDatabase database, UUID comment) throws SQLException {
        try (var backup = database.asBackup();
                var query = backup.prepareStatement("select created_at from comment where id = ?")) {
            query.setObject(1, comment);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getObject(1, OffsetDateTime.class).toInstant();
            }
        }
    }
}
