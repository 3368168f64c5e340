package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import dev.parley.testing.History;
import dev.parley.testing.History.Outcome;
import dev.parley.testing.HistoryChecker;
import dev.parley.testing.Newsroom;
import dev.parley.testing.PackagedParley;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Goal R6: the file system of PostgreSQL's data, or of its write-ahead log, is full under load, and has room again. It
 * is a small one in memory, which only root may mount: skipped for others. Figure of {@code -Dparley.fault.full}
 * (seconds).
 */
class DiskFullFault {

    private static final Newsroom NEWSROOM = new Newsroom("full", "full-news", List.of("bridge", "harbour", "library"));
    private static final Duration FULL = Duration.ofSeconds(Integer.getInteger("parley.fault.full", 30));
    private static final int WRITERS = 8;

    /** Room for a fresh database (some 40 MB), or for its log (64 MB at most, see below), and some to fill up. */
    private static final int MEGABYTES = 128;

    private static final Duration NORMAL_WITHIN = Duration.ofSeconds(10);

    private enum Place {
        DATA,
        LOG
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void nothing_acknowledged_is_lost_and_all_is_normal_when_there_is_room_again(Place place, @TempDir Path folder)
            throws Exception {
        var disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "parley-fault", disk.toString()) == 0,
                "SKIPPED: no file system could be mounted; this run wants root");
        try {
            fillAndFree(place, folder, disk);
        } finally {
            run("umount", "--lazy", disk.toString());
        }
    }

    private static void fillAndFree(Place place, Path folder, Path disk) throws Exception {
        var passwords = DatabasePasswords.random();
        var data = (place == Place.DATA ? disk : folder).resolve("pg");
        var log = Files.createDirectories(Path.of("target")).resolve("fault-disk-full-" + place + ".log");
        Files.deleteIfExists(log);
        var settings = Map.of("max_wal_size", "48MB", "min_wal_size", "32MB");
        EmbeddedDatabase.start(data, 0, passwords, Durability.KEPT, settings).close();
        moveLog(data, (place == Place.LOG ? disk : folder).resolve("wal"));
        var database = EmbeddedDatabase.start(data, 0, passwords, Durability.KEPT, settings);
        int restarts = 0;
        try (var parley = new PackagedParley(Crew.settings(database, folder), log)) {
            int port = database.port();
            parley.start();
            try (var backup = database.asBackup()) {
                NEWSROOM.seed(backup);
            }
            try (var crew = new Crew(parley, NEWSROOM, WRITERS, 6)) {
                crew.awaitTraffic(200);
                var ballast = disk.resolve("ballast");
                fill(ballast);
                var full = Instant.now();
                Instant refusedFirst = null;
                // The log goes on in the files that it has, so it takes a while until it wants another.
                var limit = full.plusSeconds(180);
                while (Instant.now().isBefore(refusedFirst == null ? limit : refusedFirst.plus(FULL))) {
                    fill(ballast);
                    if (refusedFirst == null && refusals(crew, full) > 0) {
                        refusedFirst = Instant.now();
                    }
                    Thread.sleep(500);
                }
                Files.delete(ballast);
                var room = Instant.now();
                // PostgreSQL ends where it can't write its log; whoever runs it starts it again.
                if (!isRunning(data)) {
                    database.close();
                    database = EmbeddedDatabase.start(data, port, passwords, Durability.KEPT, settings);
                    room = Instant.now();
                    restarts++;
                }
                crew.awaitTraffic(100);
                while (Instant.now().isBefore(crew.lastTrouble(room).plusSeconds(3))
                        && Instant.now().isBefore(room.plus(NORMAL_WITHIN.multipliedBy(3)))) {
                    Thread.sleep(100);
                }
                var normal = Duration.between(room, crew.lastTrouble(room));
                crew.finish();
                var reads = crew.reads().between(full, room);
                System.out.printf(
                        "R6, %s: file system of %d MB full for %d s; %d attempts of writers refused with 503, %d posts acknowledged in all;"
                                + " %.1f %% of %d reads well, the others %s; PostgreSQL restarted %d times; normal after %.1f s (goal 10 s)%n",
                        place,
                        MEGABYTES,
                        Duration.between(full, room).toSeconds(),
                        refusals(crew, full),
                        crew.history().posts(Outcome.OK).size(),
                        100 * Calls.share(reads, status -> status == 200),
                        reads.size(),
                        troubles(reads, full),
                        restarts,
                        normal.toMillis() / 1e3);
                assertThat(refusedFirst).as("a refused write").isNotNull();
                try (var backup = database.asBackup()) {
                    assertThat(new HistoryChecker(backup, NEWSROOM.tenant()).faults(crew.history())).isEmpty();
                }
                assertThat(crew.history().attempts())
                        .noneMatch(attempt -> attempt.http() == 500 || attempt.outcome() == Outcome.REFUSED);
                assertThat(reads).isNotEmpty().noneMatch(call -> call.status() == 500);
                if (place == Place.DATA) {
                    assertThat(reads).allMatch(call -> call.status() == 200);
                    assertThat(restarts).isZero();
                }
                assertThat(normal).isLessThan(NORMAL_WITHIN);
            }
        } finally {
            database.close();
        }
    }

    /** Each status but 200 (0 if no answer came), with how often it was given, and from which to which second. */
    private static List<String> troubles(List<Calls.Call> reads, Instant full) {
        var byStatus = new TreeMap<Integer, List<Long>>();
        for (var read : reads) {
            if (read.status() != 200) {
                byStatus.computeIfAbsent(read.status(), _ -> new ArrayList<>())
                        .add(Duration.between(full, read.called()).toSeconds());
            }
        }
        return byStatus.entrySet().stream()
                .map(entry ->
                        "%d (%d times, seconds %d to %d)"
                                .formatted(
                                        entry.getKey(),
                                        entry.getValue().size(),
                                        Collections.min(entry.getValue()),
                                        Collections.max(entry.getValue())))
                .toList();
    }

    private static long refusals(Crew crew, Instant since) {
        return crew.history().attempts().stream()
                .filter(attempt -> attempt.called().isAfter(since))
                .map(History.Attempt::http)
                .filter(status -> status == 503)
                .count();
    }

    /** To the last byte, again and again: what is freed meanwhile is taken too. */
    private static void fill(Path ballast) {
        var block = new byte[64 * 1024];
        try (var out = Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int i = 0; i < MEGABYTES * 16 + 1; i++) {
                out.write(block);
            }
        } catch (IOException e) {
            // full
        }
    }

    private static void moveLog(Path data, Path to) throws IOException, InterruptedException {
        var log = data.resolve("pg_wal");
        if (run("mv", log.toString(), to.toString()) != 0) {
            throw new IOException("The log could not be moved to " + to);
        }
        Files.createSymbolicLink(log, to);
    }

    private static boolean isRunning(Path data) throws IOException {
        var file = data.resolve("postmaster.pid");
        return Files.exists(file)
                && ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
                        .map(ProcessHandle::isAlive)
                        .orElse(false);
    }

    private static int run(String... line) throws IOException, InterruptedException {
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
