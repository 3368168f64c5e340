package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import dev.parley.testing.History;
import dev.parley.testing.History.Outcome;
import dev.parley.testing.HistoryChecker;
import dev.parley.testing.Newsroom;
import dev.parley.testing.PackagedParley;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal R15: the program is asked to end (SIGTERM) under load, again and again. Figures of {@code -Dparley.fault.stops}
 * and {@code .writers}.
 */
class StopFault {

    private static final Newsroom NEWSROOM =
            new Newsroom("stopped", "stopped-news", List.of("bridge", "harbour", "library"));
    private static final int STOPS = Integer.getInteger("parley.fault.stops", 20);
    private static final int WRITERS = Integer.getInteger("parley.fault.writers", 32);
    private static final int READERS = 6;

    /** Goal of R15; who waits for longer kills. */
    private static final Duration END_LIMIT = Duration.ofSeconds(30);

    /** Answers to writers after which it may be asked to end. */
    private static final int TRAFFIC = 100;

    /** Of a JVM that ended because it was asked to. */
    private static final int TERMINATED = 143;

    /** From the signal to the end of the process. */
    private record Stop(Instant asked, Instant ended) {
        Duration took() {
            return Duration.between(asked, ended);
        }
    }

    @Test
    void whoever_is_being_answered_gets_an_answer_each_time(@TempDir Path folder) throws Exception {
        var log = Files.createDirectories(Path.of("target")).resolve("fault-stop.log");
        Files.deleteIfExists(log);
        var random = new Random();
        var stops = new ArrayList<Stop>();
        try (var database =
                        EmbeddedDatabase.start(
                                folder.resolve("pg"), 0, DatabasePasswords.random(), Durability.KEPT, Map.of());
                var parley = new PackagedParley(Crew.settings(database, folder), log)) {
            parley.start();
            try (var backup = database.asBackup()) {
                NEWSROOM.seed(backup);
            }
            try (var crew = new Crew(parley, NEWSROOM, WRITERS, READERS)) {
                for (int i = 0; i < STOPS; i++) {
                    crew.awaitTraffic(TRAFFIC);
                    Thread.sleep(random.nextInt(2_000));
                    var asked = Instant.now();
                    parley.terminate();
                    assertThat(parley.awaitEnd(END_LIMIT)).isEqualTo(TERMINATED);
                    stops.add(new Stop(asked, Instant.now()));
                    parley.start();
                }
                crew.awaitTraffic(TRAFFIC);
                crew.finish();
                report(crew, stops);
                try (var backup = database.asBackup()) {
                    assertThat(new HistoryChecker(backup, NEWSROOM.tenant()).faults(crew.history())).isEmpty();
                }
                assertThat(stops)
                        .hasSize(STOPS)
                        .allSatisfy(stop -> {
                            assertThat(stop.took()).isLessThan(END_LIMIT);
                            assertThat(writing(crew, stop)).as("writers in flight").isNotEmpty();
                            assertThat(writing(crew, stop)).allMatch(attempt -> attempt.outcome() == Outcome.OK);
                            assertThat(reading(crew, stop)).allMatch(call -> call.status() == 200);
                        });
                assertThat(crew.history().attempts())
                        .noneMatch(attempt -> attempt.http() == 500 || attempt.outcome() == Outcome.REFUSED);
                assertThat(crew.history().posts(Outcome.UNKNOWN)).isEmpty();
                assertThat(crew.reads().all()).noneMatch(call -> call.status() == 500);
                assertThat(Files.readAllLines(log))
                        .as("requests that were cut off")
                        .noneMatch(line ->
                                line.contains("Timed out waiting for graceful shutdown")
                                        || line.contains("Unexpected error"));
            }
        }
    }

    private static void report(Crew crew, List<Stop> stops) {
        var writing = stops.stream().flatMap(stop -> writing(crew, stop).stream()).toList();
        var reading = stops.stream().flatMap(stop -> reading(crew, stop).stream()).toList();
        var later = stops.stream().flatMap(stop -> later(crew, stop).stream()).toList();
        var times = stops.stream().map(stop -> stop.took().toMillis() / 1e3).sorted().toList();
        System.out.printf(
                "R15: asked to end %d times under %d writers and %d readers; %d posts acknowledged in all; ended after %.1f to %.1f s,"
                        + " half within %.1f s (goal 30 s); %d calls of writers were in the air and %d of them failed, %d of readers and %d"
                        + " failed (goal 0); %d calls of writers began between the signal and the end: %d well, %d with 503, %d without an"
                        + " answer%n",
                stops.size(),
                WRITERS,
                READERS,
                crew.history().posts(Outcome.OK).size(),
                times.getFirst(),
                times.getLast(),
                times.get(times.size() / 2),
                writing.size(),
                writing.stream().filter(attempt -> attempt.outcome() != Outcome.OK).count(),
                reading.size(),
                reading.stream().filter(call -> call.status() != 200).count(),
                later.size(),
                later.stream().filter(attempt -> attempt.outcome() == Outcome.OK).count(),
                later.stream().filter(attempt -> attempt.http() == 503).count(),
                later.stream().filter(attempt -> attempt.http() == 0).count());
    }

    /** What writers had asked for, and were not yet told, when the end was asked for. */
    private static List<History.Attempt> writing(Crew crew, Stop stop) {
        return crew.history().attempts().stream()
                .filter(attempt -> attempt.called().isBefore(stop.asked()) && attempt.answered().isAfter(stop.asked()))
                .toList();
    }

    private static List<Calls.Call> reading(Crew crew, Stop stop) {
        return crew.reads().all().stream()
                .filter(call ->
                        call.called().isBefore(stop.asked()) && call.called().plus(call.took()).isAfter(stop.asked()))
                .toList();
    }

    private static List<History.Attempt> later(Crew crew, Stop stop) {
        return crew.history().attempts().stream()
                .filter(attempt -> attempt.called().isAfter(stop.asked()) && attempt.called().isBefore(stop.ended()))
                .toList();
    }
}
