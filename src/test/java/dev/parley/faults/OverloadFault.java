package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import dev.parley.testing.HistoryChecker;
import dev.parley.testing.Newsroom;
import dev.parley.testing.PackagedParley;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal R16: one tenant is sent five times what can be worked on, others are read and written to as ever. First measures
 * what can be worked on. Figures of {@code -Dparley.fault.seconds} and {@code .times}. The load comes from the same
 * machine, so what it needs of the processors is missing to the program.
 */
class OverloadFault {

    private static final Newsroom CULPRIT = new Newsroom("culprit", "culprit-news", List.of("flood", "storm"));
    private static final List<Newsroom> OTHERS =
            IntStream.range(0, 4).mapToObj(i -> new Newsroom("other" + i, "other-news" + i, List.of("calm"))).toList();
    private static final Duration RUN = Duration.ofSeconds(Integer.getInteger("parley.fault.seconds", 60));
    private static final int TIMES = Integer.getInteger("parley.fault.times", 5);

    /** Who write at once while the capacity is measured; as many as are worked on at once. */
    private static final int MEASURING = 32;

    /** Who flood at once: enough that their waiting does not slow the flood down. */
    private static final int FLOODING = 400;

    /** Goals of R16. */
    private static final double GOODPUT = 0.8;

    private static final Duration OTHERS_P99 = Duration.ofSeconds(1);
    private static final Duration REFUSED_WITHIN = Duration.ofMillis(50);

    private final AtomicLong number = new AtomicLong();

    @Test
    void what_can_be_done_is_done_and_others_notice_little(@TempDir Path folder) throws Exception {
        var log = Files.createDirectories(Path.of("target")).resolve("fault-overload.log");
        Files.deleteIfExists(log);
        try (var database =
                        EmbeddedDatabase.start(
                                folder.resolve("pg"), 0, DatabasePasswords.random(), Durability.KEPT, Map.of());
                var parley = new PackagedParley(Crew.settings(database, folder), log);
                var http = Crew.client()) {
            parley.start();
            try (var backup = database.asBackup()) {
                CULPRIT.seed(backup);
                for (var other : OTHERS) {
                    other.seed(backup);
                }
            }
            var everybody = new ArrayList<>(OTHERS);
            everybody.add(CULPRIT);
            post(parley, http, everybody, MEASURING, Duration.ZERO, RUN.dividedBy(3)); // warms up
            var peak = post(parley, http, everybody, MEASURING, Duration.ZERO, RUN.dividedBy(3));
            double capacity = stored(peak) / (RUN.toSeconds() / 3.0);
            var alone = others(parley, http, RUN.dividedBy(3));

            var pause = Duration.ofNanos((long) (1e9 * FLOODING / (TIMES * capacity)));
            List<Calls> quiet;
            List<Calls> flood;
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var flooding = threads.submit(() -> post(parley, http, List.of(CULPRIT), FLOODING, pause, RUN));
                quiet = others(parley, http, RUN);
                flood = flooding.get();
            }
            var answers = flood.stream().flatMap(calls -> calls.all().stream()).toList();
            double goodput = (stored(flood) + stored(List.of(quiet.get(1)))) / (double) RUN.toSeconds();
            var refused = answers.stream().filter(call -> call.status() == 503 || call.status() == 429).toList();
            var reads = quiet.get(0).all();
            var posts = quiet.get(1).all();
            System.out.printf(
                    "R16: capacity %.0f posts/s; then %d s with %.0f/s sent to one tenant (goal %d times): goodput %.0f/s, %.0f %% of the"
                            + " capacity (goal 80 %%); %d refused, 99 %% within %d ms (goal 50 ms); others: %d reads and %d posts, 99 %% within"
                            + " %d and %d ms (goal 1,000 ms; without the flood %d and %d ms), %d refused%n",
                    capacity,
                    RUN.toSeconds(),
                    answers.size() / (double) RUN.toSeconds(),
                    TIMES,
                    goodput,
                    100 * goodput / capacity,
                    refused.size(),
                    Calls.within(refused, 0.99).toMillis(),
                    reads.size(),
                    posts.size(),
                    Calls.within(reads, 0.99).toMillis(),
                    Calls.within(posts, 0.99).toMillis(),
                    Calls.within(alone.get(0).all(), 0.99).toMillis(),
                    Calls.within(alone.get(1).all(), 0.99).toMillis(),
                    posts.stream().filter(call -> call.status() != 201).count());
            try (var backup = database.asBackup()) {
                for (var newsroom : everybody) {
                    assertThat(new HistoryChecker(backup, newsroom.tenant()).brokenInvariants()).isEmpty();
                }
            }
            assertThat(answers).allMatch(call -> call.status() == 201 || call.status() == 503 || call.status() == 429);
            assertThat(refused).isNotEmpty().allMatch(Calls.Call::retryAfter);
            assertThat(posts).isNotEmpty().allMatch(call -> call.status() == 201);
            assertThat(reads).isNotEmpty().allMatch(call -> call.status() == 200);
            assertThat(Calls.within(posts, 0.99)).isLessThan(OTHERS_P99);
            assertThat(Calls.within(reads, 0.99)).isLessThan(OTHERS_P99);
            assertThat(goodput).isGreaterThan(GOODPUT * capacity);
            assertThat(Calls.within(refused, 0.99)).isLessThan(REFUSED_WITHIN);
        }
    }

    /** Reads and posts of the other tenants: each has one who posts twice a second and one who reads ten times. */
    private List<Calls> others(PackagedParley parley, HttpClient http, Duration time) throws Exception {
        var reads = new Calls();
        var posts = new Calls();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var until = Instant.now().plus(time);
            for (var other : OTHERS) {
                threads.submit(() -> {
                    while (Instant.now().isBefore(until)) {
                        reads.send(http, Crew.reading(parley, other, other.articles().getFirst()));
                        Thread.sleep(100);
                    }
                    return null;
                });
                threads.submit(() -> {
                    while (Instant.now().isBefore(until)) {
                        posts.send(http, Crew.posting(parley, other, "calm", "calm-" + number.incrementAndGet()));
                        Thread.sleep(500);
                    }
                    return null;
                });
            }
        }
        return List.of(reads, posts);
    }

    /**
     * Posts for a while, by so many at once.
     *
     * @param period from the beginning of one post of a writer to that of the next
     */
    private List<Calls> post(
            PackagedParley parley,
            HttpClient http,
            List<Newsroom> newsrooms,
            int writers,
            Duration period,
            Duration time)
            throws Exception {
        var all = new ArrayList<Calls>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var until = Instant.now().plus(time);
            var working = new ArrayList<Future<?>>();
            for (int i = 0; i < writers; i++) {
                var name = "writer" + i;
                var newsroom = newsrooms.get(i % newsrooms.size());
                var first = Instant.now().plus(period.multipliedBy(i).dividedBy(writers));
                var calls = new Calls();
                all.add(calls);
                working.add(
                        threads.submit(() -> {
                            for (var next = first; next.isBefore(until); next = next.plus(period)) {
                                var wait = Duration.between(Instant.now(), next);
                                if (wait.isPositive()) {
                                    Thread.sleep(wait);
                                }
                                if (Instant.now().isAfter(until)) {
                                    break;
                                }
                                calls.send(
                                        http,
                                        Crew.posting(parley, newsroom, name, name + "-" + number.incrementAndGet()));
                            }
                            return null;
                        }));
            }
            for (var one : working) {
                one.get();
            }
        }
        return all;
    }

    private static long stored(List<Calls> calls) {
        return calls.stream().flatMap(one -> one.all().stream()).filter(call -> call.status() == 201).count();
    }
}
