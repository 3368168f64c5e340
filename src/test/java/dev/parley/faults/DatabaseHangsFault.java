package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import dev.parley.testing.History.Outcome;
import dev.parley.testing.HistoryChecker;
import dev.parley.testing.Newsroom;
import dev.parley.testing.PackagedParley;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal R3: the network to PostgreSQL swallows everything. Figures of {@code -Dparley.fault.hang} (seconds) and {@code
 * .writers}. The default hangs for longer than the minute in which readers may be told what was known before, so that
 * the end of it is seen.
 */
class DatabaseHangsFault {

    private static final Newsroom NEWSROOM =
            new Newsroom("hanging", "hanging-news", List.of("bridge", "harbour", "library"));
    private static final Duration HANG = Duration.ofSeconds(Integer.getInteger("parley.fault.hang", 75));
    private static final int WRITERS = Integer.getInteger("parley.fault.writers", 32);
    private static final int READERS = 12;

    /** Goals of R3. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);

    /** Of the readers; one whose page was being read just when the hang began has none in memory. */
    private static final double CACHED = 0.98;

    private static final Duration OLDEST = Duration.ofSeconds(60);
    private static final Duration NORMAL_WITHIN = Duration.ofSeconds(10);

    /** Until the network is back once the last of those was sent that must get no answer but 503. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    /** An article is read twice a second while the database answers, so this much after the hang began it is old. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** Of platform threads: some of pools that grow when they are needed, and shrink later. */
    private static final int MORE_THREADS = 30;

    @Test
    void nobody_waits_for_long_and_readers_are_told_what_was_known(@TempDir Path folder) throws Exception {
        var log = Files.createDirectories(Path.of("target")).resolve("fault-database-hangs.log");
        Files.deleteIfExists(log);
        try (var database =
                        EmbeddedDatabase.start(
                                folder.resolve("pg"), 0, DatabasePasswords.random(), Durability.KEPT, Map.of());
                var network = new HangingProxy(database.port())) {
            var settings = Crew.settings(database, folder);
            settings.put("PARLEY_DATABASE_URL", "jdbc:postgresql://127.0.0.1:%d/parley".formatted(network.port()));
            try (var parley = new PackagedParley(settings, log)) {
                parley.start();
                try (var backup = database.asBackup()) {
                    NEWSROOM.seed(backup);
                }
                run(database, network, parley);
            }
        }
    }

    private static void run(EmbeddedDatabase database, HangingProxy network, PackagedParley parley) throws Exception {
        var probes = new Calls();
        try (var crew = new Crew(parley, NEWSROOM, WRITERS, READERS);
                var http = Crew.client()) {
            crew.awaitTraffic(200);
            var before = Pool.of(parley, database);
            var began = Instant.now();
            network.hang();
            for (int i = 0; Instant.now().isBefore(began.plus(HANG)); i++) {
                var request = Crew.posting(parley, NEWSROOM, "probe", "probe-" + i);
                Thread.startVirtualThread(() -> {
                    try {
                        probes.send(http, request);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                Thread.sleep(250);
            }
            Thread.sleep(LAST_ANSWERS.toMillis());
            var back = Instant.now();
            network.goOn();
            crew.awaitTraffic(100);
            while (Instant.now().isBefore(crew.lastTrouble(back).plusSeconds(5))
                    && Instant.now().isBefore(back.plus(NORMAL_WITHIN.multipliedBy(3)))) {
                Thread.sleep(100);
            }
            var normal = Duration.between(back, crew.lastTrouble(back));
            crew.finish();
            var after = Pool.atRest(parley, database, NORMAL_WITHIN.multipliedBy(3));
            var meanwhile = crew.reads().between(began, back);
            var young =
                    crew.reads().between(began, began.plus(HANG.compareTo(OLDEST) < 0 ? HANG : OLDEST).minus(SLACK));
            // Who asks just before the return may be answered after it, and told what is so then.
            var old =
                    crew.reads().between(began.plus(OLDEST).plus(SLACK), back).stream()
                            .filter(call -> call.called().plus(call.took()).isBefore(back))
                            .toList();
            var longestOfWriters =
                    crew.history().attempts().stream()
                            .map(attempt -> Duration.between(attempt.called(), attempt.answered()))
                            .max(Duration::compareTo)
                            .orElseThrow();
            System.out.printf(
                    "R3: network hangs for %d s under %d writers and %d readers; in that time %d reads: %.1f %% of those in the first %d s"
                            + " got their thread, half within %d ms, 99 %% within %d ms, the slowest after %.1f s; after that %d of %d;"
                            + " %d posts beside them, the slowest answered after %.1f s, %d with 503 and Retry-After; longest wait of a"
                            + " writer %.1f s (goal 10 s); normal after %.1f s (goal 10 s); before %s, after %s%n",
                    HANG.toSeconds(),
                    WRITERS,
                    READERS,
                    meanwhile.size(),
                    100 * Calls.share(young, status -> status == 200),
                    Math.min(HANG.toSeconds(), OLDEST.toSeconds()) - SLACK.toSeconds(),
                    Calls.within(young, 0.5).toMillis(),
                    Calls.within(young, 0.99).toMillis(),
                    Calls.longest(meanwhile).toMillis() / 1e3,
                    old.stream().filter(call -> call.status() == 200).count(),
                    old.size(),
                    probes.all().size(),
                    Calls.longest(probes.all()).toMillis() / 1e3,
                    probes.all().stream().filter(call -> call.status() == 503 && call.retryAfter()).count(),
                    longestOfWriters.toMillis() / 1e3,
                    normal.toMillis() / 1e3,
                    before,
                    after);
            try (var backup = database.asBackup()) {
                // Posts of the probes are no part of the history, but they were answered by 503 all.
                assertThat(new HistoryChecker(backup, NEWSROOM.tenant()).faults(crew.history())).isEmpty();
            }
            assertThat(crew.history().attempts())
                    .noneMatch(attempt -> attempt.http() == 500 || attempt.outcome() == Outcome.REFUSED);
            assertThat(probes.all())
                    .hasSizeGreaterThan(10)
                    .allSatisfy(call -> {
                        assertThat(call.status()).isEqualTo(503);
                        assertThat(call.retryAfter()).isTrue();
                        assertThat(call.took()).isLessThan(LONGEST_REQUEST);
                    });
            assertThat(longestOfWriters).isLessThan(LONGEST_REQUEST);
            assertThat(meanwhile).isNotEmpty().allMatch(call -> call.took().compareTo(LONGEST_REQUEST) < 0);
            assertThat(young).isNotEmpty();
            assertThat(Calls.share(young, status -> status == 200)).isGreaterThan(CACHED);
            assertThat(old).noneMatch(call -> call.status() == 200);
            assertThat(normal).isLessThan(NORMAL_WITHIN);
            assertThat(after.isAtRest()).as("at rest: " + after).isTrue();
            assertThat(after.threads()).isLessThan(before.threads() + MORE_THREADS);
        }
    }
}
