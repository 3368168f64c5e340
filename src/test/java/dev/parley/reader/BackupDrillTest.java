package dev.parley.reader;

import static dev.parley.reader.ReaderWorld.address;
import static dev.parley.reader.ReaderWorld.calm;
import static dev.parley.reader.ReaderWorld.insult;
import static dev.parley.reader.ReaderWorld.post;
import static dev.parley.reader.ReaderWorld.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.audit.Act;
import dev.parley.identity.TenantAdministration;
import dev.parley.platform.Migrate;
import dev.parley.privacy.Addresses;
import dev.parley.privacy.ErasureLog;
import dev.parley.standalone.DatabaseDump;
import dev.parley.standalone.DatabaseDump.Unfit;
import dev.parley.standalone.RowCopies;
import dev.parley.tenant.TenantContext;
import dev.parley.tenant.TenantStatus;
import dev.parley.testing.LostDatabase;
import dev.parley.testing.PostgresResource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipFile;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup is restored into another database and is the same; who was erased stays erased, also when the backup is
 * older than that. {@code ./parley drill COMMENTS} runs it at a larger size and prints what it took.
 */
@QuarkusTest
@WithTestResource(LostDatabase.class)
class BackupDrillTest {

    private static final String BEFORE = "drill_before";
    private static final String AFTER = "drill_after";
    private static final String LIVE = "drill_live";
    private static final String KEY = "a mark";

    /** Copies beside the comments that readers write. */
    private static final int COMMENTS = Integer.getInteger("parley.drill.comments", 200);

    @Inject ReaderWorld world;
    @Inject TenantContext context;
    @Inject TenantAdministration administration;
    @Inject Addresses addresses;
    @Inject ErasureLog log;
    @Inject ErasureReplay replay;
    @Inject AgroalDataSource pool;

    @TempDir Path folder;

    @Test
    void a_backup_when_restored_is_the_same_and_who_was_erased_stays_erased() throws Exception {
        for (var database : List.of(BEFORE, AFTER, LIVE)) {
            LostDatabase.drop(database);
        }
        // Given readers at two tenants, one of whom will be erased, one without an address, and a tenant that closes.
        var tenant = world.tenant("en");
        var closing = world.tenant("en");
        var typed = "QzDrill." + System.nanoTime() + "@Mail.Example";
        var erased = send(tenant, "Erasable", typed, "A text that is to be gone for good, and not only for a while.");
        send(tenant, "bridge", "Erasable", typed, insult(), Map.of(), Map.of("Reader-Token", erased.readerToken()));
        var noAddress = send(tenant, "Nameless", address(), calm());
        var stays = send(tenant, "Stays", address(), "The harbour wall deserves this careful report.");
        send(closing, "Foreign", address(), calm());
        copy(tenant, stays.id(), COMMENTS);

        // When one backup is made before they are erased, and one after that.
        var before = folder.resolve("before.parley");
        long[] times = new long[4];
        times[0] = time(() -> write(before));

        post(world.proven(tenant, erased.commenter()), "/erase", Map.of()).then().statusCode(200);
        context.run(tenant, () -> addresses.erase(noAddress.commenter(), Act.By.SYSTEM));
        context.run(
                closing,
                () ->
                        QuarkusTransaction.requiringNew()
                                .run(() -> administration.change(TenantStatus.CLOSED, Act.By.SYSTEM)));
        var after = folder.resolve("after.parley");
        times[1] = time(() -> write(after));

        // Then neither holds an address that can be read,
        for (var file : List.of(before, after)) {
            assertThat(holds(file, "The harbour wall deserves this careful report.")).as("the search finds").isTrue();
            for (var word :
                    List.of(typed, typed.toLowerCase(Locale.ROOT), typed.substring(0, 12), "@mail.", "qzreader")) {
                assertThat(holds(file, word)).as(word).isFalse();
            }
        }
        // both come back as they were, row for row,
        times[2] = time(() -> restore(BEFORE, before));
        times[3] = time(() -> restore(AFTER, after));
        compare(BEFORE, before);
        compare(AFTER, after);
        assertThat(count(BEFORE, "select count(*) from comment where tenant_id = '" + tenant + "'"))
                .isEqualTo(COMMENTS + 4L);
        // who was erased is so in the later one,
        assertThat(texts(AFTER, erased.commenter())).containsOnly("");
        assertThat(texts(BEFORE, erased.commenter())).as("the earlier one knows them").doesNotContain("").hasSize(2);

        // and an application that begins with the earlier one erases again what it does not know.
        var known = fromDatabase(LostDatabase.NAME);
        assertThat(log.read().stream().map(BackupDrillTest::what).distinct())
                .as("the list that a database gives and the one that the application keeps")
                .containsExactlyInAnyOrderElementsOf(known);
        LostDatabase.replaceBy(BEFORE, LIVE);
        pool.flush(FlushMode.ALL);
        assertThat(count(LostDatabase.NAME, addressesOf(erased.commenter(), noAddress.commenter()))).isEqualTo(2);

        assertThat(replay.replay()).isEqualTo(4); // they, their address in the same go, the other's, the tenant's keys

        assertThat(texts(LostDatabase.NAME, erased.commenter())).containsOnly("");
        assertThat(count(LostDatabase.NAME, addressesOf(erased.commenter(), noAddress.commenter()))).isZero();
        assertThat(
                        count(
                                LostDatabase.NAME,
                                "select count(*) from comment where commenter_id = '%s' and status <> 'WITHDRAWN'"
                                        .formatted(erased.commenter())))
                .isZero();
        assertThat(
                        count(
                                LostDatabase.NAME,
                                "select count(*) from tenant_keyset where tenant_id = '%s' and purpose <> 'AUDIT'"
                                        .formatted(closing)))
                .isZero();
        assertThat(count(LostDatabase.NAME, addressesOf(stays.commenter()))).as("others keep theirs").isEqualTo(1);
        assertThat(texts(LostDatabase.NAME, stays.commenter())).doesNotContain("");
        assertThat(fromDatabase(LostDatabase.NAME)).containsAll(known);

        // Once is enough, and who gave an address anew keeps it.
        assertThat(replay.replay()).isZero();
        try (var connection = PostgresResource.asBackup(LostDatabase.NAME);
                var statement = connection.createStatement()) {
            statement.execute(
                    "insert into commenter_address (tenant_id, commenter_id, sealed, lookup) values ('%s', '%s', '', '')"
                            .formatted(tenant, noAddress.commenter()));
        }
        assertThat(replay.replay()).isZero();
        assertThat(count(LostDatabase.NAME, addressesOf(noAddress.commenter()))).isEqualTo(1);

        System.out.printf(
                "Drill: %,d comments, %,d rows. Saved in %.1f and %.1f s (%,d bytes), restored and compared in %.1f and %.1f s.%n",
                COMMENTS + 5,
                DatabaseDump.manifest(after).rows(),
                times[0] / 1e9,
                times[1] / 1e9,
                Files.size(after),
                times[2] / 1e9,
                times[3] / 1e9);
        for (var database : List.of(AFTER, LIVE)) {
            LostDatabase.drop(database);
        }
    }

    @Test
    void what_does_not_fit_is_refused_and_leaves_nothing() throws Exception {
        send(world.tenant("en"), "Somebody", address(), calm());
        var file = folder.resolve("small.parley");
        write(file);
        LostDatabase.drop(AFTER);

        // A database with rows.
        assertThatThrownBy(() -> restore(LostDatabase.NAME, file))
                .isInstanceOf(Unfit.class)
                .hasMessageContaining("empty");

        // A schema of another version.
        var last = migrate(AFTER, null);
        LostDatabase.drop(AFTER);
        migrate(AFTER, last);
        assertThatThrownBy(() -> restoreOnly(AFTER, file)).isInstanceOf(Unfit.class).hasMessageContaining("schema");
        migrate(AFTER, null);

        // What a bit more or less does to a table and to the manifest.
        long size = Files.size(file);
        for (var entry : List.of("tables/revision.copy", "tables/tenant_keyset.copy", "manifest.json")) {
            var bytes = Files.readAllBytes(file);
            int data = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(entry) + entry.length();
            assertThat(data).as(entry).isGreaterThan(entry.length());
            for (int place : List.of(data + 1, data + 12, data + 40)) {
                var damaged = folder.resolve("damaged.parley");
                bytes[place] ^= 0x08;
                Files.write(damaged, bytes);
                bytes[place] ^= 0x08;
                assertThatThrownBy(() -> restoreOnly(AFTER, damaged))
                        .as("%s, byte %d", entry, place - data)
                        .isInstanceOf(Unfit.class);
            }
        }
        var cut = folder.resolve("cut.parley");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(file), (int) (size / 2)));
        assertThatThrownBy(() -> restoreOnly(AFTER, cut)).isInstanceOf(Unfit.class);
        try (var connection = PostgresResource.asBackup(AFTER)) {
            assertThat(DatabaseDump.tables(connection)).as("nothing was kept").allMatch(table -> table.rows() == 0);
        }

        restoreOnly(AFTER, file);
        compare(AFTER, file);
        LostDatabase.drop(AFTER);
    }

    // --- Backups ---

    private static void write(Path file) throws SQLException, IOException {
        try (var connection = PostgresResource.asBackup(LostDatabase.NAME)) {
            DatabaseDump.write(connection, file, KEY);
        }
    }

    private static void restore(String database, Path file) throws SQLException, IOException {
        migrate(database, null);
        restoreOnly(database, file);
    }

    private static void restoreOnly(String database, Path file) throws SQLException, IOException {
        try (var connection = PostgresResource.asBackup(database)) {
            DatabaseDump.restore(connection, file);
        }
    }

    /** Up to the version before that one; all if it is null. Says the last version. */
    private static MigrationVersion migrate(String database, MigrationVersion before) {
        var flyway =
                Migrate.prepare(Flyway.configure())
                        .dataSource(
                                PostgresResource.url(database),
                                "parley_owner",
                                PostgresResource.properties().get("parley.database.owner-password"))
                        .locations("classpath:db/migration");
        var versions =
                List.of(flyway.load().info().all()).stream()
                        .map(info -> info.getVersion())
                        .sorted(Comparator.naturalOrder())
                        .toList();
        flyway.target(before == null ? MigrationVersion.LATEST : versions.get(versions.indexOf(before) - 1))
                .load()
                .migrate();
        return versions.getLast();
    }

    /** Counted and digested anew, by the dump's own means and by others. */
    private static void compare(String database, Path file) throws SQLException, IOException {
        var manifest = DatabaseDump.manifest(file);
        assertThat(manifest.tables()).hasSizeGreaterThan(40);
        try (var connection = PostgresResource.asBackup(database)) {
            assertThat(DatabaseDump.tables(connection)).isEqualTo(manifest.tables());
        }
        for (var table : manifest.tables()) {
            assertThat(count(database, "select count(*) from " + table.name()))
                    .as(table.name())
                    .isEqualTo(table.rows());
        }
    }

    private static boolean holds(Path file, String word) throws IOException {
        var sought = word.getBytes(StandardCharsets.UTF_8);
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().toList()) {
                var text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                if (text.contains(new String(sought, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
            }
        }
        return false;
    }

    // --- Rows ---

    /** Copies of a comment, with its revision. */
    private static void copy(String tenant, UUID original, int count) throws SQLException {
        try (var owner = PostgresResource.asOwner(LostDatabase.NAME);
                var table = owner.createStatement();
                var connection = PostgresResource.asBackup(LostDatabase.NAME);
                var sql = connection.createStatement()) {
            table.execute(
                    "create table copy as select gen_random_uuid() id, '%s'::uuid original, n from generate_series(1, %d) n"
                            .formatted(original, count));
            connection.setAutoCommit(false);
            RowCopies.add(sql, tenant, "comment", Map.of("id", "c.id"), "t.id = c.original");
            RowCopies.add(sql, tenant, "revision", Map.of("comment_id", "c.id"), "t.comment_id = c.original");
            connection.commit();
            table.execute("drop table copy");
        }
    }

    private static List<String> fromDatabase(String database) throws SQLException, IOException {
        var script = Files.readString(Path.of("src/main/resources/bootstrap/erasures.sql"));
        return strings(database, script).stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .distinct()
                .toList();
    }

    private static String what(ErasureLog.Line line) {
        return "%s %s %s .".formatted(line.tenant(), line.kind(), line.subject());
    }

    private static String addressesOf(UUID... commenters) {
        return "select count(*) from commenter_address where commenter_id in ('%s')"
                .formatted(String.join("', '", List.of(commenters).stream().map(UUID::toString).toList()));
    }

    private static List<String> texts(String database, UUID commenter) throws SQLException {
        return strings(
                database,
                "select r.body from revision r join comment c on c.tenant_id = r.tenant_id and c.id = r.comment_id"
                        + " where c.commenter_id = '"
                        + commenter
                        + "'");
    }

    private static long count(String database, String sql) throws SQLException {
        return Long.parseLong(strings(database, sql).getFirst());
    }

    private static List<String> strings(String database, String sql) throws SQLException {
        try (var connection = PostgresResource.asBackup(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private interface Job {
        void run() throws SQLException, IOException;
    }

    private static long time(Job job) throws SQLException, IOException {
        long began = System.nanoTime();
        job.run();
        return System.nanoTime() - began;
    }
}
