package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import dev.parley.testing.History.Outcome;
import dev.parley.testing.HistoryChecker;
import dev.parley.testing.Newsroom;
import dev.parley.testing.PackagedParley;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal R2: PostgreSQL is killed under load, again and again, and is away for a minute in the end. Figures of {@code
 * -Dparley.fault.kills}, {@code .writers} and {@code .away} (seconds).
 */
class DatabaseKilledFault {

    private static final Newsroom NEWSROOM =
            new Newsroom("killed", "killed-news", List.of("bridge", "harbour", "library"));
    private static final int KILLS = Integer.getInteger("parley.fault.kills", 10);
    private static final int WRITERS = Integer.getInteger("parley.fault.writers", 32);
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("parley.fault.away", 60));

    /** Goals of R2. */
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(2);

    private static final Duration NORMAL_WITHIN = Duration.ofSeconds(10);

    /** Answers to writers after which it may be killed. */
    private static final int TRAFFIC = 100;

    /** Of the pool, in application.properties. */
    private static final int LARGEST_POOL = 20;

    private EmbeddedDatabase database;

    @Test
    void what_was_acknowledged_is_there_and_all_is_normal_soon_after(@TempDir Path folder) throws Exception {
        var data = folder.resolve("pg");
        var passwords = DatabasePasswords.random();
        database = EmbeddedDatabase.start(data, 0, passwords, Durability.KEPT, Map.of());
        int port = database.port();
        var log = Files.createDirectories(Path.of("target")).resolve("fault-database-killed.log");
        Files.deleteIfExists(log);
        var random = new Random();
        var normalAfter = new ArrayList<Duration>();
        var probes = new Calls();
        try (var parley = new PackagedParley(Crew.settings(database, folder), log)) {
            parley.start();
            long pid = parley.pid();
            try (var backup = database.asBackup()) {
                NEWSROOM.seed(backup);
            }
            var before = Pool.atRest(parley, database, NORMAL_WITHIN);
            Pool after;
            Instant left;
            try (var crew = new Crew(parley, NEWSROOM, WRITERS, 6);
                    var http = Crew.client()) {
                for (int i = 0; i < KILLS; i++) {
                    crew.awaitTraffic(TRAFFIC);
                    Thread.sleep(random.nextInt(3_000));
                    kill(data);
                    database.close(); // lets go of the folder
                    database = EmbeddedDatabase.start(data, port, passwords, Durability.KEPT, Map.of());
                    normalAfter.add(untilNormal(crew));
                }
                crew.awaitTraffic(TRAFFIC);
                left = Instant.now();
                database.close();
                for (int i = 0; Instant.now().isBefore(left.plus(AWAY)); i++) {
                    probes.send(http, Crew.posting(parley, NEWSROOM, "probe", "probe-" + i));
                    Thread.sleep(100);
                }
                database = EmbeddedDatabase.start(data, port, passwords, Durability.KEPT, Map.of());
                normalAfter.add(untilNormal(crew));
                crew.awaitTraffic(TRAFFIC);
                crew.finish();
                after = Pool.atRest(parley, database, NORMAL_WITHIN);
                var cached = crew.reads().between(left.plusSeconds(1), left.plus(AWAY));
                var attempts = crew.history().attempts();
                long errors = attempts.stream().filter(attempt -> attempt.http() == 500).count();
                System.out.printf(
                        "R2: %d writers, 6 readers, %d kills of PostgreSQL, then away for %d s; %d calls of writers, %d posts acknowledged,"
                                + " %d attempts answered 500;"
                                + " normal after %s s (goal 10 s); while it was away %d of %d posts got 503 with Retry-After, the slowest"
                                + " after %d ms (goal 2,000 ms), and %.1f %% of %d reads their thread, the slowest after %d ms;"
                                + " before %s, after %s%n",
                        WRITERS,
                        KILLS,
                        AWAY.toSeconds(),
                        attempts.size(),
                        crew.history().posts(Outcome.OK).size(),
                        errors,
                        normalAfter.stream().map(time -> "%.1f".formatted(time.toMillis() / 1e3)).toList(),
                        probes.all().stream().filter(call -> call.status() == 503 && call.retryAfter()).count(),
                        probes.all().size(),
                        Calls.longest(probes.all()).toMillis(),
                        100 * Calls.share(cached, status -> status == 200),
                        cached.size(),
                        Calls.longest(cached).toMillis(),
                        before,
                        after);
                try (var backup = database.asBackup()) {
                    assertThat(new HistoryChecker(backup, NEWSROOM.tenant()).faults(crew.history())).isEmpty();
                }
                assertThat(attempts)
                        .noneMatch(attempt -> attempt.http() == 500 || attempt.outcome() == Outcome.REFUSED);
                assertThat(crew.history().posts(Outcome.UNKNOWN)).isEmpty();
                assertThat(crew.reads().all()).noneMatch(call -> call.status() == 500 || call.status() == 0);
                assertThat(Calls.share(cached, status -> status == 200)).isGreaterThan(0.9);
            }
            assertThat(probes.all())
                    .hasSizeGreaterThan(20)
                    .allSatisfy(call -> {
                        assertThat(call.status()).isEqualTo(503);
                        assertThat(call.retryAfter()).isTrue();
                        assertThat(call.took()).isLessThan(REFUSED_WITHIN);
                    });
            assertThat(normalAfter).hasSize(KILLS + 1).allMatch(time -> time.compareTo(NORMAL_WITHIN) < 0);
            assertThat(after.isAtRest()).as("at rest: " + after).isTrue();
            assertThat(after.counted()).isLessThanOrEqualTo(LARGEST_POOL);
            assertThat(parley.pid()).isEqualTo(pid);
        } finally {
            database.close();
        }
    }

    /**
     * From now, when the database takes connections again, to the beginning of the last attempt that failed. Counts as
     * over when nothing failed for three seconds, in which writers got answers.
     */
    private static Duration untilNormal(Crew crew) throws InterruptedException {
        var back = Instant.now();
        crew.awaitTraffic(TRAFFIC);
        while (Instant.now().isBefore(crew.lastTrouble(back).plusSeconds(3))
                && Instant.now().isBefore(back.plus(NORMAL_WITHIN.multipliedBy(3)))) {
            Thread.sleep(100);
        }
        return Duration.between(back, crew.lastTrouble(back));
    }

    /** As {@code kill -9} does, the postmaster alone: its children see that it is gone. */
    private static void kill(Path data) throws IOException, InterruptedException {
        var pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        var postmaster = ProcessHandle.of(pid).orElseThrow();
        assertThat(postmaster.info().command().orElseThrow()).endsWith("postgres");
        assertThat(postmaster.destroyForcibly()).isTrue();
        try {
            postmaster.onExit().get(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("The postmaster did not end", e);
        }
    }
}
