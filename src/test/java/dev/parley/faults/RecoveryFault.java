package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.platform.MailedToken;
import dev.parley.standalone.CommentCopies;
import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import dev.parley.testing.History;
import dev.parley.testing.History.Outcome;
import dev.parley.testing.HistoryChecker;
import dev.parley.testing.Newsroom;
import dev.parley.testing.PackagedParley;
import dev.parley.testing.RunningFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal R12 with PostgreSQL's own means: a base backup and an archive of the write-ahead log are all that is left of a
 * database that is lost under load. It is recovered to its last moment, and then to one before a reader was erased.
 * Figures of {@code -Dparley.fault.comments}, {@code .timeout} (archive_timeout, in seconds) and {@code .load} (how
 * long is written after the backup, in seconds).
 *
 * <p>The backup is made by {@code pg_backup_start} and {@code pg_backup_stop}, as {@code pg_basebackup} does, which the
 * PostgreSQL that Parley brings has not.
 */
class RecoveryFault {

    private static final int COMMENTS = Integer.getInteger("parley.fault.comments", 1_000_000);
    private static final Duration TIMEOUT = Duration.ofSeconds(Integer.getInteger("parley.fault.timeout", 300));
    private static final Duration LOAD = Duration.ofSeconds(Integer.getInteger("parley.fault.load", 420));
    private static final int WRITERS = Integer.getInteger("parley.fault.writers", 4);

    /** Goals of R12. */
    private static final Duration MOST_LOST = Duration.ofMinutes(5);

    private static final Duration RECOVERED_WITHIN = Duration.ofMinutes(15);

    /** A segment that is due is closed and copied a moment later. */
    private static final Duration COPYING = Duration.ofSeconds(10);

    private static final Newsroom NEWSROOM =
            new Newsroom("recovered", "recovered-news", List.of("bridge", "harbour", "library"));

    /** What the backup holds, and nobody writes to. */
    private static final Newsroom OLD = new Newsroom("old", "old-news", List.of("bridge", "harbour"));

    /** PostgreSQL's settings know no Z. */
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

    private static final List<String> TABLES =
            List.of("comment", "revision", "commenter", "commenter_address", "queue_item", "statement", "audit_entry");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Made in one go, so that memory and disk of the copies do not grow with their number. */
    private static final int BATCH = 100_000;

    private final HttpClient http = Crew.client();
    private EmbeddedDatabase database;
    private Path log;

    @Test
    void what_was_archived_comes_back_and_who_was_erased_stays_erased(@TempDir Path folder) throws Exception {
        var target = Files.createDirectories(Path.of("target"));
        log = target.resolve("fault-recovery-database.log");
        Files.deleteIfExists(log);
        Files.deleteIfExists(target.resolve("fault-recovery.log"));
        var data = folder.resolve("pg");
        var base = folder.resolve("base");
        var archive = Files.createDirectory(folder.resolve("archive"));
        database = EmbeddedDatabase.start(data, 0, DatabasePasswords.random(), Durability.KEPT, Map.of());
        database.close();
        var settings = Crew.settings(database, folder);
        settings.put("PARLEY_ERASURES_LOG", folder.resolve("erasures.log").toString());
        try (var parley = new PackagedParley(settings, target.resolve("fault-recovery.log"))) {
            Map<String, String> digests;
            UUID erased;
            Instant beforeErasure;
            Instant lostAt;
            Crew crew;
            try (var server =
                    Server.start(database, data, archiving(archive), Map.of(), log)
                            .awaitWritable(Duration.ofMinutes(1))) {
                parley.start();
                var began = Instant.now();
                lengthen(parley);
                System.out.printf("R12: %,d comments made in %.0f s%n", COMMENTS, seconds(began));
                digests = digests();
                began = Instant.now();
                long bytes = backUp(data, base, archive);
                System.out.printf("R12: base backup of %,d MB in %.1f s%n", bytes >> 20, seconds(began));
                crew = new Crew(parley, NEWSROOM, WRITERS, 2);
                try {
                    crew.awaitTraffic(50);
                    erased = post(parley);
                    Thread.sleep(2_000);
                    beforeErasure = Instant.now();
                    Thread.sleep(2_000);
                    erase(parley, erased);
                    Thread.sleep(LOAD.toMillis());
                    crew.awaitTraffic(20);
                    server.kill();
                    lostAt = Instant.now();
                } finally {
                    crew.close();
                }
                parley.kill();
            }
            long archived = size(archive);
            delete(data); // and with it what was not archived

            var began = Instant.now();
            copy(base, folder.resolve("last"));
            double copied = seconds(began);
            try (var _ = recovered(folder.resolve("last"), archive, Map.of())) {
                double recovered = seconds(began);
                parley.start();
                assertThat(read(parley)).isEqualTo(200);
                double there = seconds(began);
                System.out.printf(
                        "R12: recovered to the last moment: base copied in %.1f s, %,d MB of the log applied by %.1f s, Parley answered"
                                + " after %.1f s (goal 900 s)%n",
                        copied, archived >> 20, recovered, there);
                assertThat(digests()).isEqualTo(digests);
                checkLost(crew.history(), lostAt, erased);
                assertThat(texts(erased)).as("the erased reader's texts").containsOnly("");
                assertThat(Duration.ofMillis((long) (there * 1e3))).isLessThan(RECOVERED_WITHIN);
                parley.kill();
            }
            delete(folder.resolve("last"));

            began = Instant.now();
            copy(base, folder.resolve("earlier"));
            try (var _ =
                    recovered(
                            folder.resolve("earlier"),
                            archive,
                            Map.of("recovery_target_time", MOMENT.format(beforeErasure)))) {
                assertThat(digests()).isEqualTo(digests);
                assertThat(newest()).isBefore(beforeErasure).isAfter(beforeErasure.minusSeconds(30));
                assertThat(texts(erased)).as("their texts before the start").isNotEmpty().doesNotContain("");
                assertThat(sealed(erased)).isEqualTo(1);
                parley.start();
                System.out.printf(
                        "R12: recovered to a moment before the erasure, Parley answered after %.1f s%n",
                        seconds(began));
                assertThat(texts(erased)).as("their texts after it").isNotEmpty().containsOnly("");
                assertThat(sealed(erased)).isZero();
                parley.kill();
            }
        }
    }

    // --- Backup and recovery ---

    private static Map<String, String> archiving(Path archive) {
        var settings = new HashMap<String, String>();
        settings.put("archive_mode", "on");
        settings.put(
                "archive_command",
                "test ! -f %1$s/%%f && cp %%p %1$s/%%f.part && mv %1$s/%%f.part %1$s/%%f".formatted(archive));
        settings.put("archive_timeout", TIMEOUT.toSeconds() + "s");
        settings.put("max_wal_size", "4GB");
        return settings;
    }

    /** Says how many bytes it has. What the archive has from before it is not needed, and is deleted. */
    private long backUp(Path data, Path base, Path archive) throws Exception {
        try (var connection = database.asSuperuser();
                var sql = connection.createStatement()) {
            String first;
            try (var rows = sql.executeQuery("select pg_walfile_name(pg_backup_start('fault', true))")) {
                rows.next();
                first = rows.getString(1);
            }
            copy(data, base);
            try (var rows = sql.executeQuery("select labelfile, spcmapfile from pg_backup_stop(true)")) {
                rows.next();
                Files.writeString(base.resolve("backup_label"), rows.getString(1));
            }
            try (var files = Files.list(archive)) {
                for (var file : files.toList()) {
                    if (file.getFileName().toString().compareTo(first) < 0) {
                        Files.delete(file);
                    }
                }
            }
        }
        return size(base);
    }

    private Server recovered(Path data, Path archive, Map<String, String> until) throws Exception {
        Files.createFile(data.resolve("recovery.signal"));
        var settings = new HashMap<>(until);
        settings.put("restore_command", "cp %s/%%f %%p".formatted(archive));
        settings.put("recovery_target_action", "promote");
        return Server.start(database, data, settings, Map.of(), log).awaitWritable(RECOVERED_WITHIN);
    }

    /** But for the write-ahead log and what belongs to a running server. Files may go meanwhile. */
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new RunningFiles() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                            throws IOException {
                        var made = Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------"));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        var path = from.relativize(file);
                        if (!path.startsWith("pg_wal") && !path.startsWith("postmaster.pid")) {
                            try {
                                Files.copy(file, to.resolve(path.toString()));
                            } catch (NoSuchFileException e) {
                                // a temporary one
                            }
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        for (var folder : List.of("archive_status", "summaries")) {
            var made = Files.createDirectories(to.resolve("pg_wal").resolve(folder));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
        }
    }

    private static double seconds(Instant began) {
        return Duration.between(began, Instant.now()).toMillis() / 1e3;
    }

    // --- What is there ---

    private void lengthen(PackagedParley parley) throws Exception {
        try (var backup = database.asBackup()) {
            NEWSROOM.seed(backup);
            OLD.seed(backup);
        }
        for (int i = 0; i < 3; i++) {
            var request =
                    Crew.posting(parley, OLD, "bridge", "writer" + i, "old-" + i, "Thank you for this careful report");
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
        }
        try (var connection = database.asSuperuser();
                var sql = CommentCopies.prepared(connection)) {
            for (int left = COMMENTS; left > 0; left -= BATCH) {
                CommentCopies.add(sql, OLD.tenant(), "PUBLISHED", Math.min(left, BATCH), null);
                connection.commit();
            }
        }
    }

    /** Of each table's rows of the tenant that nobody writes to: how many, and a sum of their digests. */
    private Map<String, String> digests() throws SQLException {
        var digests = new TreeMap<String, String>();
        for (var table : TABLES) {
            digests.put(
                    table,
                    string(
                            "select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) from %s t where tenant_id = 'old'"
                                    .formatted(table)));
        }
        assertThat(digests.get("comment")).startsWith((COMMENTS + 3) + " ");
        return digests;
    }

    /** What was acknowledged and is not there was acknowledged within a time-out before the loss. */
    private void checkLost(History history, Instant lostAt, UUID erased) throws SQLException {
        var stored = new HashSet<>(strings("select id::text from comment where tenant_id = 'recovered'"));
        var acknowledged = history.posts(Outcome.OK).values();
        var lost = acknowledged.stream().filter(post -> !stored.contains(post.id().orElseThrow().toString())).toList();
        var firstLost = lost.stream().map(History.Attempt::answered).min(Instant::compareTo).orElse(lostAt);
        System.out.printf(
                "R12: of %d acknowledged posts %d are lost, the first of them answered %.1f s before the loss (archive_timeout %d s;"
                        + " goal 300 s)%n",
                acknowledged.size(),
                lost.size(),
                Duration.between(firstLost, lostAt).toMillis() / 1e3,
                TIMEOUT.toSeconds());
        assertThat(stored).as("comments after the backup").hasSizeGreaterThan(50);
        assertThat(Duration.between(firstLost, lostAt))
                .isLessThan(TIMEOUT.plus(COPYING))
                .isLessThan(MOST_LOST.plus(COPYING));
        try (var backup = database.asBackup()) {
            // Who was erased has no address, as it should be.
            assertThat(new HistoryChecker(backup, NEWSROOM.tenant()).brokenInvariants())
                    .allMatch(line ->
                            line.startsWith("every comment has one author") && line.endsWith(erased.toString()));
        }
    }

    private Instant newest() throws SQLException {
        return Instant.parse(
                string(
                        "select to_char(max(created_at) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from comment"
                                + " where tenant_id = 'recovered'"));
    }

    private List<String> texts(UUID comment) throws SQLException {
        return strings("select body from revision where comment_id = '%s'".formatted(comment));
    }

    /** How many addresses of its author are kept. */
    private int sealed(UUID comment) throws SQLException {
        return Integer.parseInt(
                string(
                        "select count(*) from commenter_address a join comment c on c.tenant_id = a.tenant_id"
                                + " and c.commenter_id = a.commenter_id where c.id = '%s'".formatted(comment)));
    }

    private String string(String sql) throws SQLException {
        return strings(sql).getFirst();
    }

    private List<String> strings(String sql) throws SQLException {
        try (var backup = database.asBackup();
                var rows = backup.createStatement().executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    // --- What readers do ---

    private int read(PackagedParley parley) throws Exception {
        return http.send(Crew.reading(parley, NEWSROOM, "bridge"), BodyHandlers.discarding()).statusCode();
    }

    private UUID post(PackagedParley parley) throws Exception {
        var request = Crew.posting(parley, NEWSROOM, "erasable", "to-be-erased");
        return UUID.fromString(JSON.readTree(http.send(request, BodyHandlers.ofString()).body()).path("id").asText());
    }

    /** By a link of the reader's own, as one is mailed. */
    private void erase(PackagedParley parley, UUID comment) throws Exception {
        var token = MailedToken.create(NEWSROOM.site());
        var commenter = UUID.fromString(string("select commenter_id from comment where id = '%s'".formatted(comment)));
        try (var backup = database.asBackup();
                var statement =
                        backup.prepareStatement(
                                "insert into link (tenant_id, id, commenter_id, site_id, purpose, hash, created_at, lapses_at)"
                                        + " select tenant_id, gen_random_uuid(), commenter_id, site_id, 'MANAGE', ?, now(),"
                                        + " now() + interval '1 day' from comment where id = ?")) {
            statement.setBytes(1, MailedToken.parse(token).orElseThrow().hash());
            statement.setObject(2, comment);
            statement.executeUpdate();
        }
        assertThat(form(parley, "/me/" + token, "mine=" + commenter)).isEqualTo(200);
        assertThat(form(parley, "/me/" + token + "/erase", "")).isEqualTo(200);
        assertThat(texts(comment)).containsOnly("");
    }

    private int form(PackagedParley parley, String path, String fields) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(parley.address() + path))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(fields))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
