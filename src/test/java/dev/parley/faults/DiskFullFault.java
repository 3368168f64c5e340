package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.standalone.CommentCopies;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Goal R6: the file system of PostgreSQL's data, of its write-ahead log, of its own log or of its temporary files is
 * full under load, and has room again. It is a small one in memory, which only root may mount: skipped for others.
 * Figure of {@code -Dparley.fault.full} (seconds).
 *
 * <p>Of what Parley asks under the settings of production, hardly anything is sorted on disk. So that temporary files
 * are needed, a queue of {@value #WAITING} is counted again and again with little memory for a sort; so that the log
 * is, each statement is logged.
 */
class DiskFullFault {

    private static final Newsroom NEWSROOM = new Newsroom("full", "full-news", List.of("bridge", "harbour", "library"));
    private static final Duration FULL = Duration.ofSeconds(Integer.getInteger("parley.fault.full", 30));
    private static final int WRITERS = 8;

    /** Room for a fresh database (some 40 MB), or for its log (64 MB at most, see below), and some to fill up. */
    private static final int MEGABYTES = 128;

    private static final Duration NORMAL_WITHIN = Duration.ofSeconds(10);

    /** Comments that wait at another tenant, whose statistics sort them by age. */
    private static final int WAITING = 3_000;

    private static final Newsroom COUNTED = new Newsroom("counted", "counted-news", List.of("bridge", "harbour"));
    private static final String COUNTING = "moderator";

    /** What PostgreSQL's log may still get when it is full: the rest of a page. */
    private static final long REST = 64 * 1024;

    private enum Place {
        DATA,
        WRITE_AHEAD_LOG,
        SERVER_LOG,
        TEMPORARY;

        /** Whether nothing can be stored without it. */
        boolean refusesWrites() {
            return this == DATA || this == WRITE_AHEAD_LOG;
        }
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
        var settings = settings(place, disk);
        EmbeddedDatabase.start(data, 0, passwords, Durability.KEPT, settings).close();
        moveLog(data, (place == Place.WRITE_AHEAD_LOG ? disk : folder).resolve("wal"));
        if (place == Place.TEMPORARY) {
            var temporary = data.resolve("base").resolve("pgsql_tmp");
            Files.deleteIfExists(temporary);
            Files.createSymbolicLink(temporary, Files.createDirectory(disk.resolve("pgsql_tmp")));
        }
        var database = EmbeddedDatabase.start(data, 0, passwords, Durability.KEPT, settings);
        int restarts = 0;
        var counts = new Calls();
        try (var signIn = new SignIn().start()) {
            var configuration = Crew.settings(database, folder);
            configuration.put("QUARKUS_OIDC_AUTH_SERVER_URL", signIn.issuer());
            try (var parley = new PackagedParley(configuration, log);
                    var http = Crew.client()) {
                int port = database.port();
                parley.start();
                try (var backup = database.asBackup()) {
                    NEWSROOM.seed(backup);
                }
                if (place == Place.TEMPORARY) {
                    lengthen(database, parley, http);
                    assertThat(count(parley, http, signIn, counts)).isEqualTo(200);
                    assertThat(temporaryFiles(database)).as("temporary files of one count").isPositive();
                }
                try (var crew = new Crew(parley, NEWSROOM, WRITERS, 6)) {
                    crew.awaitTraffic(200);
                    var ballast = disk.resolve("ballast");
                    fill(ballast);
                    var full = Instant.now();
                    long logged = size(disk.resolve("log"));
                    Instant bitten = place == Place.SERVER_LOG ? full : null;
                    // The write-ahead log goes on in the files that it has, so it takes a while until it wants another.
                    var limit = full.plusSeconds(180);
                    while (Instant.now().isBefore(bitten == null ? limit : bitten.plus(FULL))) {
                        fill(ballast);
                        boolean countRefused = place == Place.TEMPORARY && count(parley, http, signIn, counts) == 503;
                        if (bitten == null && (countRefused || place.refusesWrites() && refusals(crew, full) > 0)) {
                            bitten = Instant.now();
                        }
                        Thread.sleep(500);
                    }
                    long loggedMeanwhile = size(disk.resolve("log")) - logged;
                    Files.delete(ballast);
                    var room = Instant.now();
                    // PostgreSQL ends where it can't write its log; whoever runs it starts it again.
                    if (!isRunning(data)) {
                        database.close();
                        database = EmbeddedDatabase.start(data, port, passwords, Durability.KEPT, settings);
                        room = Instant.now();
                        restarts++;
                    }
                    int countedAgain = 200;
                    if (place == Place.TEMPORARY) {
                        do {
                            countedAgain = count(parley, http, signIn, counts);
                        } while (countedAgain != 200 && Instant.now().isBefore(room.plus(NORMAL_WITHIN)));
                    }
                    crew.awaitTraffic(100);
                    while (Instant.now().isBefore(crew.lastTrouble(room).plusSeconds(3))
                            && Instant.now().isBefore(room.plus(NORMAL_WITHIN.multipliedBy(3)))) {
                        Thread.sleep(100);
                    }
                    var normal = Duration.between(room, crew.lastTrouble(room));
                    crew.finish();
                    long loggedAfter = size(disk.resolve("log")) - logged - loggedMeanwhile;
                    var reads = crew.reads().between(full, room);
                    var written =
                            crew.history().attempts().stream()
                                    .filter(attempt -> attempt.called().isAfter(full))
                                    .filter(attempt -> attempt.outcome() == Outcome.OK)
                                    .filter(attempt -> attempt.answered().isBefore(full.plus(FULL)))
                                    .count();
                    var refused = counts.between(full, room);
                    System.out.printf(
                            "R6, %s: file system of %d MB full for %d s; %d attempts of writers refused with 503, %d well in the first %d s,"
                                    + " %d posts acknowledged in all; %.1f %% of %d reads well, the others %s; PostgreSQL restarted %d times;"
                                    + " normal after %.1f s (goal 10 s); %d of %d counts refused with 503, then %d; its own log got %,d bytes"
                                    + " meanwhile and %,d after that%n",
                            place,
                            MEGABYTES,
                            Duration.between(full, room).toSeconds(),
                            refusals(crew, full),
                            written,
                            FULL.toSeconds(),
                            crew.history().posts(Outcome.OK).size(),
                            100 * Calls.share(reads, status -> status == 200),
                            reads.size(),
                            troubles(reads, full),
                            restarts,
                            normal.toMillis() / 1e3,
                            refused.stream().filter(call -> call.status() == 503 && call.retryAfter()).count(),
                            refused.size(),
                            countedAgain,
                            loggedMeanwhile,
                            loggedAfter);
                    assertThat(bitten).as("the moment at which it was felt").isNotNull();
                    try (var backup = database.asBackup()) {
                        assertThat(new HistoryChecker(backup, NEWSROOM.tenant()).faults(crew.history())).isEmpty();
                    }
                    assertThat(crew.history().attempts())
                            .noneMatch(attempt -> attempt.http() == 500 || attempt.outcome() == Outcome.REFUSED);
                    assertThat(reads).isNotEmpty().noneMatch(call -> call.status() == 500);
                    if (place != Place.WRITE_AHEAD_LOG) {
                        assertThat(reads).allMatch(call -> call.status() == 200);
                        assertThat(restarts).isZero();
                    }
                    if (!place.refusesWrites()) {
                        assertThat(refusals(crew, full)).as("refused writes").isZero();
                        assertThat(written).as("comments meanwhile").isPositive();
                    }
                    if (place == Place.SERVER_LOG) {
                        assertThat(loggedMeanwhile).as("bytes of the log while it was full").isLessThan(REST);
                        assertThat(loggedAfter).as("bytes of the log after that").isGreaterThan(REST);
                    }
                    assertThat(refused)
                            .allMatch(call -> call.status() == 503 ? call.retryAfter() : call.status() == 200);
                    assertThat(countedAgain).isEqualTo(200);
                    assertThat(normal).isLessThan(NORMAL_WITHIN);
                }
            }
        } finally {
            database.close();
        }
    }

    private static Map<String, String> settings(Place place, Path disk) {
        var settings = new HashMap<>(Map.of("max_wal_size", "48MB", "min_wal_size", "32MB"));
        if (place == Place.SERVER_LOG) {
            settings.put("log_directory", disk.resolve("log").toString());
            settings.put("log_statement", "all");
        }
        if (place == Place.TEMPORARY) {
            settings.put("work_mem", "64kB");
        }
        return settings;
    }

    // --- Temporary files ---

    private static void lengthen(EmbeddedDatabase database, PackagedParley parley, HttpClient http) throws Exception {
        try (var backup = database.asBackup()) {
            COUNTED.seed(backup);
            ModeratorsFault.employ(backup, COUNTED.tenant(), COUNTING);
        }
        for (int i = 0; i < 3; i++) {
            ModeratorsFault.post(parley, http, COUNTED, "writer" + i, i);
        }
        try (var connection = database.asSuperuser();
                var sql = CommentCopies.prepared(connection)) {
            CommentCopies.add(sql, COUNTED.tenant(), "HELD", WAITING, null);
            connection.commit();
        }
    }

    /** Asks for the statistics of the tenant whose queue is long. */
    private static int count(PackagedParley parley, HttpClient http, SignIn signIn, Calls counts)
            throws InterruptedException {
        var request =
                HttpRequest.newBuilder(
                                URI.create(parley.address() + "/api/v1/tenants/" + COUNTED.tenant() + "/statistics"))
                        .timeout(Duration.ofSeconds(20))
                        .header("Authorization", "Bearer " + signIn.token(COUNTING))
                        .build();
        return counts.send(http, request).status();
    }

    /** How many the database has made; statistics of a session come when it is idle. */
    private static int temporaryFiles(EmbeddedDatabase database) throws SQLException, InterruptedException {
        int files = 0;
        for (int i = 0; i < 100 && files == 0; i++) {
            Thread.sleep(100);
            try (var connection = database.asSuperuser();
                    var rows =
                            connection
                                    .createStatement()
                                    .executeQuery(
                                            "select temp_files from pg_stat_database where datname = current_database()")) {
                rows.next();
                files = rows.getInt(1);
            }
        }
        return files;
    }

    /** Of all files of a folder; 0 if there is none. */
    private static long size(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (var files = Files.list(folder)) {
            long sum = 0;
            for (var file : files.toList()) {
                sum += Files.size(file);
            }
            return sum;
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
