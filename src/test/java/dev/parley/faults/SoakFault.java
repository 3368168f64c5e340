package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.faults.Calls.Call;
import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import dev.parley.testing.Fixtures;
import dev.parley.testing.HistoryChecker;
import dev.parley.testing.Newsroom;
import dev.parley.testing.PackagedParley;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal R18: half of what can be done is asked for hours, and nothing grows. Readers read and post, moderators decide,
 * pages hear of changes and go. First it is found out how much can be done; then, after a time of warming up, heap
 * after a collection, threads, descriptors and connections are looked at again and again, and the last quarter of what
 * was found is compared with the first. Figures of {@code -Dparley.fault.minutes} (120) and {@code .warm} (minutes
 * before what counts, 40: threads grow until they fill a page, and pages of it are kept).
 */
class SoakFault {

    private static final Newsroom NEWSROOM =
            new Newsroom("soak", "soak-news", IntStream.rangeClosed(1, 200).mapToObj(i -> "a-" + i).toList());
    private static final Duration RUN = Duration.ofMinutes(Integer.getInteger("parley.fault.minutes", 120));
    private static final Duration WARM = Duration.ofMinutes(Integer.getInteger("parley.fault.warm", 40));

    /** Everything is asked for as fast as it is answered, for twice as long: the second half counts. */
    private static final Duration CAPACITY = Duration.ofSeconds(45);

    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(30);
    private static final int CALLERS = 16;
    private static final int MODERATORS = 2;
    private static final int STREAMS = 4;
    private static final Duration STREAM = Duration.ofSeconds(5);
    private static final int COMMENTERS = 1_000;

    /** Of so many calls one posts, and of so many posts one is an insult. */
    private static final int READS = 5;

    private static final int CALM = 10;

    /** Goals of R18; what else is looked at may differ by as much, or by two. */
    private static final double MORE_HEAP = 1.05;

    private static final int MORE_OF_OTHERS = 2;

    /**
     * How it is at a moment.
     *
     * @param heap bytes in use after a collection
     * @param connections of the pool and for live events, as the database counts them
     */
    private record Sample(Duration after, double heap, int threads, int descriptors, int connections) {}

    private final Calls calls = new Calls();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong number = new AtomicLong();
    private final AtomicLong streams = new AtomicLong();
    private final Queue<String> troubles = new ConcurrentLinkedQueue<>();

    /** Nanoseconds from call to call, of all callers together, and when the next one begins. */
    private volatile long pace;

    private final AtomicLong next = new AtomicLong();

    @Test
    void at_half_of_what_it_can_do_nothing_grows(@TempDir Path folder) throws Exception {
        var log = Files.createDirectories(Path.of("target")).resolve("fault-soak.log");
        Files.deleteIfExists(log);
        try (var signIn = new SignIn().start();
                var database =
                        EmbeddedDatabase.start(
                                folder.resolve("pg"), 0, DatabasePasswords.random(), Durability.KEPT, Map.of())) {
            var settings = Crew.settings(database, folder);
            settings.put("QUARKUS_OIDC_AUTH_SERVER_URL", signIn.issuer());
            settings.put("PARLEY_LIVE_PER_NETWORK", "1000");
            try (var parley = new PackagedParley(settings, log);
                    var http = Crew.client();
                    var threads = Executors.newVirtualThreadPerTaskExecutor();
                    // Whatever ends this, those who work end before the threads are waited for.
                    AutoCloseable _ = () -> stop.set(true)) {
                parley.start();
                try (var backup = database.asBackup()) {
                    NEWSROOM.seed(backup);
                    for (int i = 0; i < MODERATORS; i++) {
                        ModeratorsFault.employ(backup, NEWSROOM.tenant(), "moderator" + i);
                    }
                }
                var working = new ArrayList<Future<?>>();
                for (int i = 0; i < CALLERS; i++) {
                    working.add(threads.submit(() -> call(parley, http)));
                }
                for (int i = 0; i < MODERATORS; i++) {
                    var name = "moderator" + i;
                    int seed = i;
                    working.add(threads.submit(() -> moderate(parley, http, signIn, name, seed)));
                }
                for (int i = 0; i < STREAMS; i++) {
                    int article = i;
                    working.add(threads.submit(() -> listen(parley, article)));
                }
                double capacity = capacity();
                next.set(System.nanoTime());
                pace = (long) (2e9 / capacity);
                Thread.sleep(WARM);
                var begun = Instant.now();
                double failedBefore = failed(parley);
                var samples = samples(parley, database, begun);
                double failed = failed(parley) - failedBefore;
                var counted = calls.between(begun, Instant.now());
                stop.set(true);
                for (var one : working) {
                    one.get(2, TimeUnit.MINUTES);
                }
                judge(capacity, samples, counted, failed);
                try (var backup = database.asBackup()) {
                    assertThat(new HistoryChecker(backup, NEWSROOM.tenant()).brokenInvariants()).isEmpty();
                }
            }
        }
    }

    private double capacity() throws InterruptedException {
        Thread.sleep(CAPACITY);
        var from = Instant.now();
        Thread.sleep(CAPACITY);
        var to = Instant.now();
        return calls.between(from, to).size() / (Duration.between(from, to).toMillis() / 1e3);
    }

    private List<Sample> samples(PackagedParley parley, EmbeddedDatabase database, Instant begun) throws Exception {
        var samples = new ArrayList<Sample>();
        histogram(parley, "before");
        while (Instant.now().isBefore(begun.plus(RUN))) {
            Sample sample;
            try {
                sample = sample(parley, database, begun);
            } catch (IOException | SQLException | RuntimeException e) {
                troubles.add("no sample after " + Duration.between(begun, Instant.now()) + ": " + e);
                Thread.sleep(BETWEEN_SAMPLES);
                continue;
            }
            samples.add(sample);
            if (samples.size() % 4 == 1) {
                System.out.printf(
                        "R18, after %d s: heap %.1f MiB, %d threads, %d descriptors, %d connections%n",
                        sample.after().toSeconds(),
                        sample.heap() / (1 << 20),
                        sample.threads(),
                        sample.descriptors(),
                        sample.connections());
            }
            Thread.sleep(BETWEEN_SAMPLES);
        }
        histogram(parley, "after");
        return samples;
    }

    /** What the heap holds, by class, for whoever wants to know what grew: {@code target/fault-soak-….txt}. */
    private static void histogram(PackagedParley parley, String when) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, Long.toString(parley.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "fault-soak-" + when + ".txt").toFile())
                .start()
                .waitFor();
    }

    private static Sample sample(PackagedParley parley, EmbeddedDatabase database, Instant begun)
            throws IOException, InterruptedException, SQLException {
        double heap = SlowClientsFault.heap(parley);
        var pool = Pool.of(parley, database);
        try (var descriptors = Files.list(Path.of("/proc", Long.toString(parley.pid()), "fd"))) {
            return new Sample(
                    Duration.between(begun, Instant.now()),
                    heap,
                    pool.threads(),
                    (int) descriptors.count(),
                    pool.counted() + pool.live());
        }
    }

    private void judge(double capacity, List<Sample> samples, List<Call> counted, double failed) {
        var faults = new ArrayList<String>(troubles);
        long wrong = counted.stream().filter(call -> call.status() >= 500 || call.status() == 0).count();
        double rate = counted.size() / (double) RUN.toSeconds();
        System.out.printf(
                "R18: %d minutes after %d of warming up; %.0f calls a second were possible, %.0f were made (one in %d posts), p95 %d ms,"
                        + " %d streams; %d answered 5xx or not at all, %.0f by the program's own count%n",
                RUN.toMinutes(),
                WARM.toMinutes(),
                capacity,
                rate,
                READS,
                Calls.within(counted, 0.95).toMillis(),
                streams.get(),
                wrong,
                failed);
        compare("heap after a collection, MiB", samples, sample -> sample.heap() / (1 << 20), MORE_HEAP, 0, faults);
        compare("threads", samples, Sample::threads, MORE_HEAP, MORE_OF_OTHERS, faults);
        compare("descriptors", samples, Sample::descriptors, MORE_HEAP, MORE_OF_OTHERS, faults);
        compare("connections to the database", samples, Sample::connections, MORE_HEAP, MORE_OF_OTHERS, faults);
        if (wrong > 0 || failed > 0) {
            faults.add("%d calls failed, the program counts %.0f".formatted(wrong, failed));
        }
        if (rate < capacity / 2 * 0.9) {
            faults.add("only %.0f calls a second were made of %.0f".formatted(rate, capacity / 2));
        }
        assertThat(samples).hasSizeGreaterThanOrEqualTo(8);
        assertThat(streams.get()).isPositive();
        assertThat(faults).isEmpty();
    }

    /** By the medians of the first and the last quarter. */
    private static void compare(
            String what,
            List<Sample> samples,
            ToDoubleFunction<Sample> value,
            double times,
            int more,
            List<String> faults) {
        int quarter = samples.size() / 4;
        double first = median(samples.subList(0, quarter), value);
        double last = median(samples.subList(samples.size() - quarter, samples.size()), value);
        System.out.printf(
                "R18: %s: first quarter %.1f, last %.1f (%+.1f %%); least %.1f, most %.1f%n",
                what,
                first,
                last,
                100 * (last / first - 1),
                samples.stream().mapToDouble(value).min().orElseThrow(),
                samples.stream().mapToDouble(value).max().orElseThrow());
        if (last > Math.max(first * times, first + more)) {
            faults.add("%s: from %.1f to %.1f".formatted(what, first, last));
        }
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> value) {
        var sorted = samples.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Answers of the program that were 5xx. */
    private static double failed(PackagedParley parley) throws IOException, InterruptedException {
        return parley.metrics().series("http_server_requests_seconds_count").stream()
                .filter(series -> series.labels().getOrDefault("status", "").startsWith("5"))
                .mapToDouble(series -> series.value())
                .sum();
    }

    private Void call(PackagedParley parley, HttpClient http) throws InterruptedException {
        while (!stop.get()) {
            if (pace > 0) {
                long wait = next.getAndAdd(pace) - System.nanoTime();
                if (wait > 0) {
                    Thread.sleep(Duration.ofNanos(wait));
                }
            }
            long n = number.incrementAndGet();
            var article = NEWSROOM.articles().get(ThreadLocalRandom.current().nextInt(NEWSROOM.articles().size()));
            if (n % READS == 0) {
                var text =
                        n / READS % CALM == 0 ? Fixtures.INSULT : "Thank you for this careful report about the bridge";
                calls.send(
                        http,
                        Crew.posting(parley, NEWSROOM, article, "reader" + n / READS % COMMENTERS, "soak-" + n, text));
            } else {
                calls.send(http, Crew.reading(parley, NEWSROOM, article));
            }
        }
        return null;
    }

    /** Works through what waits, again and again. */
    private Void moderate(PackagedParley parley, HttpClient http, SignIn signIn, String name, int seed)
            throws InterruptedException {
        var tenant = parley.address() + "/api/v1/tenants/" + NEWSROOM.tenant();
        for (int round = 0; !stop.get(); round++) {
            // Tokens live for an hour; a lease is not waited for, since that is not what this run is about.
            var moderator =
                    new Moderator(
                            name,
                            tenant,
                            signIn.token(name),
                            http,
                            new DeskLog(),
                            Duration.ofSeconds(1),
                            100,
                            seed + 1_000L * round);
            try {
                moderator.work(() -> true, stop::get);
            } catch (IOException | IllegalStateException e) {
                troubles.add(e.toString());
            }
            Thread.sleep(1_000);
        }
        return null;
    }

    /** Opens a page's stream of changes, and leaves after some seconds. */
    private Void listen(PackagedParley parley, int article) throws InterruptedException {
        var address = URI.create(parley.address());
        var buffer = new byte[4_096];
        while (!stop.get()) {
            try (var socket = new Socket(address.getHost(), address.getPort())) {
                socket.setSoTimeout(500);
                socket.getOutputStream()
                        .write(
                                "GET /api/v1/sites/%s/articles/%s/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                        .formatted(NEWSROOM.site(), NEWSROOM.articles().get(article))
                                        .getBytes(StandardCharsets.US_ASCII));
                var until = Instant.now().plus(STREAM);
                boolean heard = false;
                while (Instant.now().isBefore(until)) {
                    try {
                        heard |= socket.getInputStream().read(buffer) > 0;
                    } catch (SocketTimeoutException _) {
                        // quiet
                    }
                }
                if (heard) {
                    streams.incrementAndGet();
                } else {
                    troubles.add("a stream without an answer");
                }
            } catch (IOException e) {
                troubles.add("a stream: " + e);
            }
            Thread.sleep(100);
        }
        return null;
    }
}
