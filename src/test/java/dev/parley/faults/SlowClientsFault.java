package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import dev.parley.testing.Newsroom;
import dev.parley.testing.PackagedParley;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal R7: hundreds of clients that send headers or bodies a byte at a time, and such that read a kilobyte a second,
 * beside readers and writers as ever. Figures of {@code -Dparley.fault.slow} (connections of each kind).
 */
class SlowClientsFault {

    private static final Newsroom NEWSROOM = new Newsroom("slow", "slow-news", List.of("bridge"));
    private static final int SLOW = Integer.getInteger("parley.fault.slow", 500);
    private static final int SLOW_READERS = Integer.getInteger("parley.fault.slow-readers", 200);

    /** How long one that is slow goes on at most. */
    private static final Duration RUN = Duration.ofSeconds(45);

    /** Goals of R7. */
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(30);

    private static final Duration OTHERS_P99 = Duration.ofMillis(500);
    private static final double OTHERS_SUCCESS = 0.999;
    private static final long MORE_HEAP = 64L << 20;

    /** What a slow one experienced. */
    private record Ended(boolean closed, Duration after) {}

    private enum Kind {
        HEADERS,
        BODY,
        READING
    }

    @Test
    void others_are_served_as_ever_and_the_slow_ones_are_closed(@TempDir Path folder) throws Exception {
        var log = Files.createDirectories(Path.of("target")).resolve("fault-slow-clients.log");
        Files.deleteIfExists(log);
        try (var database =
                        EmbeddedDatabase.start(
                                folder.resolve("pg"), 0, DatabasePasswords.random(), Durability.KEPT, Map.of());
                var parley = new PackagedParley(Crew.settings(database, folder), log)) {
            parley.start();
            try (var backup = database.asBackup()) {
                NEWSROOM.seed(backup);
            }
            var faults = new ArrayList<String>();
            try (var http = Crew.client()) {
                var filling = new Calls();
                for (int i = 0; i < 200; i++) {
                    filling.send(http, Crew.posting(parley, NEWSROOM, "filler" + i, "filler-" + i));
                }
            }
            for (var kind : Kind.values()) {
                run(parley, kind, kind == Kind.READING ? SLOW_READERS : SLOW, faults);
            }
            assertThat(faults).isEmpty();
        }
    }

    private static void run(PackagedParley parley, Kind kind, int many, List<String> faults) throws Exception {
        var others = new Calls();
        var stop = new AtomicBoolean();
        long heapBefore = heap(parley);
        List<Ended> ended = new ArrayList<>();
        long heapAmid;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var http = Crew.client()) {
            var slow = new ArrayList<Future<Ended>>();
            for (int i = 0; i < many; i++) {
                slow.add(threads.submit(() -> beSlow(parley, kind)));
            }
            for (int i = 0; i < 8; i++) {
                var name = "other" + kind + i;
                boolean writes = i % 4 == 0;
                threads.submit(() -> {
                    for (int n = 0; !stop.get(); n++) {
                        others.send(
                                http,
                                writes
                                        ? Crew.posting(parley, NEWSROOM, name, name + "-" + n)
                                        : Crew.reading(parley, NEWSROOM, "bridge"));
                        Thread.sleep(50);
                    }
                    return null;
                });
            }
            Thread.sleep(15_000);
            heapAmid = heap(parley);
            for (var one : slow) {
                ended.add(one.get(RUN.toSeconds() * 2, TimeUnit.SECONDS));
            }
            stop.set(true);
        }
        var closed = ended.stream().filter(Ended::closed).map(Ended::after).toList();
        var slowest = closed.stream().max(Duration::compareTo).orElse(Duration.ZERO);
        double success = Calls.share(others.all(), status -> status == 200 || status == 201);
        var p99 = Calls.within(others.all(), 0.99);
        System.out.printf(
                "R7, slow %s: %d connections, %d closed by the server, the last after %.1f s (goal 30 s); others: %d calls, %.2f %% well"
                        + " (goal 99.9 %%), 99 %% within %d ms (goal 500 ms); heap %+d MiB (goal +64)%n",
                kind,
                many,
                closed.size(),
                slowest.toMillis() / 1e3,
                others.all().size(),
                100 * success,
                p99.toMillis(),
                (heapAmid - heapBefore) >> 20);
        // Who reads slowly is served: a page fits into what the system sends by itself.
        if (kind != Kind.READING && (closed.size() < many || slowest.compareTo(CLOSED_WITHIN) > 0)) {
            faults.add("slow %s: %d of %d closed, the last after %s".formatted(kind, closed.size(), many, slowest));
        }
        if (success < OTHERS_SUCCESS || p99.compareTo(OTHERS_P99) > 0) {
            faults.add("slow %s: others had %s of success, 99 %% within %s".formatted(kind, success, p99));
        }
        if (heapAmid - heapBefore > MORE_HEAP) {
            faults.add("slow %s: %d bytes more of heap".formatted(kind, heapAmid - heapBefore));
        }
    }

    private static Ended beSlow(PackagedParley parley, Kind kind) throws IOException, InterruptedException {
        var address = URI.create(parley.address());
        var path = "/api/v1/sites/" + NEWSROOM.site() + "/articles/bridge/comments";
        try (var socket = new Socket()) {
            if (kind == Kind.READING) {
                socket.setReceiveBufferSize(2048);
            }
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), 10_000);
            socket.setSoTimeout(1000);
            var began = Instant.now();
            var out = socket.getOutputStream();
            switch (kind) {
                case HEADERS -> out.write(bytes("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Slow: "));
                case BODY ->
                        out.write(
                                bytes(
                                        "POST "
                                                + path
                                                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                                + "Content-Length: 5000\r\n\r\n{"));
                case READING -> out.write(bytes("GET " + path + "?limit=100 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            }
            out.flush();
            try {
                while (Instant.now().isBefore(began.plus(RUN))) {
                    if (kind == Kind.READING) {
                        if (socket.getInputStream().read(new byte[1000]) < 0) {
                            return new Ended(true, Duration.between(began, Instant.now()));
                        }
                        Thread.sleep(1000);
                    } else {
                        out.write('a');
                        out.flush();
                        try {
                            // An answer, such as 408, or the end: either closes.
                            if (socket.getInputStream().read() < 0) {
                                return new Ended(true, Duration.between(began, Instant.now()));
                            }
                        } catch (java.net.SocketTimeoutException e) {
                            // it still waits
                        }
                    }
                }
            } catch (java.net.SocketTimeoutException e) {
                return new Ended(false, Duration.between(began, Instant.now())); // all was read
            } catch (IOException e) {
                return new Ended(true, Duration.between(began, Instant.now())); // reset
            }
            return new Ended(false, RUN);
        }
    }

    /** In use after a collection, in bytes. */
    static long heap(PackagedParley parley) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, Long.toString(parley.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return (long) parley.metrics().value("jvm_memory_used_bytes", "area", "heap");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
