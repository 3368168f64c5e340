package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.faults.Moderator.Timed;
import dev.parley.standalone.CommentCopies;
import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import dev.parley.testing.Newsroom;
import dev.parley.testing.PackagedParley;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal R17, as far as it is about times: a million wait in the queue of one tenant and a thousand in each of fifty
 * others; moderators work on the long one for some minutes, while others read it, its counts, and the short ones. Short
 * queues are read before the long one is there, beside it, and beside those who work on it. Readers and moderators do
 * the same for a while before it counts. Figures of {@code -Dparley.fault.pending}, {@code .tenants}, {@code .few} (in
 * the queue of each of these), {@code .moderators}, {@code .seconds} (of their work, alone and beside readers), {@code
 * .thought} (milliseconds that a moderator thinks at most).
 */
class LongQueueFault {

    private static final int PENDING = Integer.getInteger("parley.fault.pending", 1_000_000);
    private static final int TENANTS = Integer.getInteger("parley.fault.tenants", 50);
    private static final int FEW = Integer.getInteger("parley.fault.few", 1_000);
    private static final int MODERATORS = Integer.getInteger("parley.fault.moderators", 20);
    private static final int THOUGHT = Integer.getInteger("parley.fault.thought", 4_000);
    private static final Duration WORK = Duration.ofSeconds(Integer.getInteger("parley.fault.seconds", 180));

    /** The program is used for so long before anything counts: much of its code is compiled by then. */
    private static final Duration WARM_UP = Duration.ofSeconds(75);

    /** Of each measurement without moderators. */
    private static final Duration MEASURED = Duration.ofSeconds(30);

    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final int ORIGINALS = 3;
    private static final int ARTICLES = 20;

    /** A page after so many others is a deep one. */
    private static final int DEEP = 200;

    /** Goals of R17. */
    private static final Duration PAGE_P95 = Duration.ofMillis(150);

    private static final Duration CLAIM_P99 = Duration.ofMillis(100);
    private static final Duration COUNTS_P95 = Duration.ofMillis(200);
    private static final double MORE_FOR_OTHERS = 1.2;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Newsroom LONG = newsroom("long");
    private static final List<Newsroom> SHORT =
            IntStream.rangeClosed(1, TENANTS).mapToObj(i -> newsroom("short-" + i)).toList();

    private final List<String> faults = new ArrayList<>();

    private static Newsroom newsroom(String name) {
        return new Newsroom(name, name + "-news", IntStream.rangeClosed(1, ARTICLES).mapToObj(i -> "a-" + i).toList());
    }

    @Test
    void a_long_queue_is_as_fast_as_a_short_one_and_does_not_slow_others_down(@TempDir Path folder) throws Exception {
        var log = Files.createDirectories(Path.of("target")).resolve("fault-long-queue.log");
        Files.deleteIfExists(log);
        try (var signIn = new SignIn().start();
                var database =
                        EmbeddedDatabase.start(
                                folder.resolve("pg"), 0, DatabasePasswords.random(), Durability.KEPT, Map.of())) {
            var settings = Crew.settings(database, folder);
            settings.put("QUARKUS_OIDC_AUTH_SERVER_URL", signIn.issuer());
            settings.put("PARLEY_CLAIMS_LEASE", LEASE.toSeconds() + "S");
            try (var parley = new PackagedParley(settings, log);
                    var http = Crew.client()) {
                parley.start();
                found(database, parley, http);
                var shorts = new Reading(parley, http, signIn.token("moderator0"), SHORT);
                var whole = new Reading(parley, http, signIn.token("moderator0"), List.of(LONG));

                lengthen(database, SHORT, FEW);
                shorts.pages(until(WARM_UP));
                var without = shorts.pages(until(MEASURED));

                var began = Instant.now();
                lengthen(database, List.of(LONG), PENDING);
                System.out.printf(
                        "R17: %d rows and what belongs to them were made in %d s%n",
                        PENDING, Duration.between(began, Instant.now()).toSeconds());
                var beside = shorts.pages(until(MEASURED));
                report("short queues without the long one", without, Duration.ZERO);
                report("short queues beside the long one", beside, Duration.ZERO);
                others("beside the long queue", without, beside);
                report("first pages of the long queue", whole.pages(until(MEASURED)), PAGE_P95);
                report("deep pages of it", whole.deepPages(until(MEASURED)), PAGE_P95);
                report("counts of it, once a second", whole.counts(until(MEASURED)), COUNTS_P95);

                work(parley, http, signIn, database, without);
            }
        }
        assertThat(faults).isEmpty();
    }

    /**
     * Moderators on the long queue, alone and then beside one who reads it, one who reads what is deep in it, one who
     * asks for counts, and one who reads the short ones.
     */
    private void work(
            PackagedParley parley, HttpClient http, SignIn signIn, EmbeddedDatabase database, List<Duration> without)
            throws Exception {
        var desk = new DeskLog();
        var token = signIn.token("moderator0");
        var whole = new Reading(parley, http, token, List.of(LONG));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            finish(begin(moderators(parley, http, signIn, desk), until(WARM_UP), threads));
            var alone = moderators(parley, http, signIn, desk);
            finish(begin(alone, until(WORK), threads));
            report("alone", alone);

            var moderators = moderators(parley, http, signIn, desk);
            var end = until(WORK);
            var working = begin(moderators, end, threads);
            var readShorts = threads.submit(() -> new Reading(parley, http, token, SHORT).pages(end));
            var first = threads.submit(() -> whole.pages(end));
            var deep = threads.submit(() -> whole.deepPages(end));
            var counts = threads.submit(() -> whole.counts(end));
            finish(working);
            report("first pages beside moderators", first.get(1, TimeUnit.MINUTES), PAGE_P95);
            report("deep pages beside them", deep.get(1, TimeUnit.MINUTES), PAGE_P95);
            report("counts beside them, once a second", counts.get(1, TimeUnit.MINUTES), COUNTS_P95);
            var beside = readShorts.get(1, TimeUnit.MINUTES);
            report("short queues beside them", beside, Duration.ZERO);
            others("beside moderators of the long queue", without, beside);
            report("beside readers", moderators);
        }
        var holds = desk.holds(LEASE);
        var decided = desk.decided(200);
        System.out.printf(
                "R17: %d moderators, %d s without being timed, then twice %d s: %d claims, %d decisions, %d refused since a colleague had the item or had decided%n",
                MODERATORS,
                WARM_UP.toSeconds(),
                WORK.toSeconds(),
                holds.size(),
                decided.size(),
                desk.decided(409).size());
        assertThat(desk.faults(LEASE)).isEmpty();
        assertThat(decided).isNotEmpty();
        try (var backup = database.asBackup();
                var rows =
                        backup.createStatement()
                                .executeQuery(
                                        "select count(*) from queue_item where tenant_id = '" + LONG.tenant() + "'")) {
            rows.next();
            assertThat(rows.getInt(1)).as("what still waits").isEqualTo(PENDING - decided.size());
        }
        assertThat(new HashSet<>(decided.stream().map(DeskLog.Decided::comment).toList())).hasSameSizeAs(decided);
    }

    private static List<Moderator> moderators(PackagedParley parley, HttpClient http, SignIn signIn, DeskLog desk)
            throws Exception {
        var tenant = parley.address() + "/api/v1/tenants/" + LONG.tenant();
        var moderators = new ArrayList<Moderator>();
        for (int i = 0; i < MODERATORS; i++) {
            var name = "moderator" + i;
            moderators.add(new Moderator(name, tenant, signIn.token(name), http, desk, LEASE, THOUGHT, i));
        }
        return moderators;
    }

    private static List<Future<?>> begin(List<Moderator> moderators, BooleanSupplier end, ExecutorService threads) {
        var working = new ArrayList<Future<?>>();
        for (var moderator : moderators) {
            working.add(
                    threads.submit(() -> {
                        moderator.work(() -> false, end);
                        return null;
                    }));
        }
        return working;
    }

    private static void finish(List<Future<?>> working) throws Exception {
        for (var one : working) {
            one.get(WORK.toSeconds() + 300, TimeUnit.SECONDS);
        }
    }

    private void report(String when, List<Moderator> moderators) {
        var calls = moderators.stream().flatMap(moderator -> moderator.calls().stream()).toList();
        for (var what : List.of("next", "open", "page", "decide")) {
            report("moderators " + when + ": " + what, took(calls, what), Duration.ZERO);
        }
        var claims = within(took(calls, "next"), 0.99);
        if (claims.compareTo(CLAIM_P99) > 0) {
            faults.add("claims of the next, %s: 99 %% within %s".formatted(when, claims));
        }
    }

    private void others(String when, List<Duration> without, List<Duration> with) {
        double more = (double) within(with, 0.95).toNanos() / within(without, 0.95).toNanos();
        System.out.printf("R17: short queues %s: p95 is %.2f times what it was (goal 1.2 at most)%n", when, more);
        if (more > MORE_FOR_OTHERS) {
            faults.add("short queues %s: p95 %.2f times".formatted(when, more));
        }
    }

    /**
     * Prints, and notes a miss.
     *
     * @param goal of p95; zero if there is none
     */
    private void report(String what, List<Duration> took, Duration goal) {
        assertThat(took).as(what).isNotEmpty();
        var p95 = within(took, 0.95);
        System.out.printf(
                "R17: %s: %d, p50 %d, p95 %d, p99 %d, most %d ms%s%n",
                what,
                took.size(),
                within(took, 0.5).toMillis(),
                p95.toMillis(),
                within(took, 0.99).toMillis(),
                within(took, 1).toMillis(),
                goal.isZero() ? "" : " (goal p95 " + goal.toMillis() + " ms)");
        if (!goal.isZero() && p95.compareTo(goal) > 0) {
            faults.add("%s: p95 %s".formatted(what, p95));
        }
    }

    private static List<Duration> took(List<Timed> calls, String what) {
        return calls.stream().filter(call -> call.what().equals(what)).map(Timed::took).toList();
    }

    private static Duration within(List<Duration> took, double share) {
        var sorted = took.stream().sorted().toList();
        return sorted.isEmpty() ? Duration.ZERO : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static BooleanSupplier until(Duration time) {
        var end = Instant.now().plus(time);
        return () -> Instant.now().isAfter(end);
    }

    /** Tenants, members, and some comments of each that wait. */
    private static void found(EmbeddedDatabase database, PackagedParley parley, HttpClient http) throws Exception {
        try (var backup = database.asBackup()) {
            LONG.seed(backup);
            for (int i = 0; i < MODERATORS; i++) {
                ModeratorsFault.employ(backup, LONG.tenant(), "moderator" + i);
            }
            for (var one : SHORT) {
                one.seed(backup);
                ModeratorsFault.employ(backup, one.tenant(), "moderator0");
            }
        }
        post(parley, http, LONG);
        for (var one : SHORT) {
            post(parley, http, one);
        }
    }

    private static void post(PackagedParley parley, HttpClient http, Newsroom newsroom) throws Exception {
        for (int i = 0; i < ORIGINALS; i++) {
            ModeratorsFault.post(parley, http, newsroom, "writer" + i, i);
        }
    }

    private static void lengthen(EmbeddedDatabase database, List<Newsroom> newsrooms, int to) throws SQLException {
        try (var connection = database.asSuperuser();
                var sql = CommentCopies.prepared(connection)) {
            for (var one : newsrooms) {
                CommentCopies.add(sql, one.tenant(), "HELD", to - ORIGINALS, null);
                connection.commit();
            }
            connection.setAutoCommit(true);
            sql.execute("vacuum analyze");
            sql.execute("checkpoint");
        }
    }

    /** Somebody who reads queues, one call after the other. */
    private record Reading(PackagedParley parley, HttpClient http, String token, List<Newsroom> newsrooms) {

        private static final Duration PAUSE = Duration.ofMillis(50);

        /** First pages, of one tenant after the other. */
        List<Duration> pages(BooleanSupplier end) throws Exception {
            var took = new ArrayList<Duration>();
            for (int i = 0; !end.getAsBoolean(); i++) {
                took.add(get(newsrooms.get(i % newsrooms.size()), "?limit=50").took());
                Thread.sleep(PAUSE);
            }
            return took;
        }

        /** Pages by their cursors, from the one on that is a deep one. */
        List<Duration> deepPages(BooleanSupplier end) throws Exception {
            var took = new ArrayList<Duration>();
            @Nullable String cursor = null;
            var seen = new HashSet<UUID>();
            for (int i = 0; i < DEEP || !end.getAsBoolean(); i++) {
                var page =
                        get(
                                newsrooms.getFirst(),
                                "?limit=50"
                                        + (cursor == null
                                                ? ""
                                                : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
                if (i >= DEEP) {
                    took.add(page.took());
                    Thread.sleep(PAUSE);
                }
                var body = JSON.readTree(page.body());
                for (var item : body.path("items")) {
                    var id = UUID.fromString(item.path("comment").path("id").asText());
                    assertThat(seen.add(id)).as("on one page only: " + id).isTrue();
                }
                cursor = body.path("cursor").asText(null);
                assertThat(cursor).as("there is more").isNotNull();
            }
            return took;
        }

        /** As often as a console asks for them. */
        List<Duration> counts(BooleanSupplier end) throws Exception {
            var took = new ArrayList<Duration>();
            while (!end.getAsBoolean()) {
                var answer = get(newsrooms.getFirst(), "/counts");
                assertThat(JSON.readTree(answer.body()).path("total").asInt()).isPositive();
                took.add(answer.took());
                Thread.sleep(1_000);
            }
            return took;
        }

        private record Answer(Duration took, String body) {}

        private Answer get(Newsroom newsroom, String rest) throws Exception {
            long began = System.nanoTime();
            var answer =
                    http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "%s/api/v1/tenants/%s/queue%s"
                                                            .formatted(parley.address(), newsroom.tenant(), rest)))
                                    .timeout(Duration.ofSeconds(60))
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            BodyHandlers.ofString());
            var took = Duration.ofNanos(System.nanoTime() - began);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return new Answer(took, answer.body());
        }
    }
}
