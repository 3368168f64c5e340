package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.Migrate;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code backup} and {@code restore} on data folders; what a backup holds is BackupDrillTest's. */
class BackupTest {

    @TempDir Path folder;

    @Test
    void a_data_folder_when_saved_is_restored_into_an_empty_one_with_key_and_erasures_alone() throws Exception {
        var old = Files.createDirectory(folder.resolve("old"));
        key(old, 1);
        Files.createFile(old.resolve("erasures.log"));
        oneTenant(old);
        var file = folder.resolve("saved.parley");

        assertThat(backup(old, file)).isZero();

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(folder.resolve("saved.parley.part")).doesNotExist();
        assertThat(backup(old, file)).as("over another backup").isEqualTo(1);
        assertThat(restore(old, file)).as("over a database").isEqualTo(1);

        var fresh = folder.resolve("fresh");
        assertThat(restore(fresh, file)).as("without a key").isEqualTo(1);
        key(fresh, 2);
        Files.createFile(fresh.resolve("erasures.log"));
        assertThat(restore(fresh, file)).as("with another key").isEqualTo(1);
        Files.delete(fresh.resolve("erasures.log"));
        key(fresh, 1);
        assertThat(restore(fresh, file)).as("without the list of erasures").isEqualTo(1);
        assertThat(fresh.resolve("pg")).doesNotExist();

        Files.copy(old.resolve("erasures.log"), fresh.resolve("erasures.log"));
        assertThat(restore(fresh, file)).isZero();
        assertThat(fresh.resolve("pg-restoring")).doesNotExist();
        assertThat(tenants(fresh))
                .as("and the migrations that were applied then")
                .isEqualTo(tenants(old))
                .startsWith("kept ");
    }

    @Test
    void words_that_are_no_command_and_folders_without_a_database_are_refused() {
        assertThat(new Backup(folder, folder.resolve("erasures.log")).run("backup")).isEqualTo(2);
        assertThat(new Backup(folder, folder.resolve("erasures.log")).run("restore", "a", "--force")).isEqualTo(2);
        assertThat(backup(folder, folder.resolve("f"))).isEqualTo(1);
        assertThat(restore(folder, folder.resolve("no-such-file"))).isEqualTo(1);
    }

    private static int backup(Path data, Path file) {
        return new Backup(data, data.resolve("erasures.log")).run("backup", file.toString());
    }

    private static int restore(Path data, Path file) {
        return new Backup(data, data.resolve("erasures.log")).run("restore", file.toString());
    }

    private static void key(Path data, int first) throws IOException {
        var key = new byte[32];
        key[0] = (byte) first;
        Files.createDirectories(data);
        Files.writeString(data.resolve("master.key"), Base64.getEncoder().encodeToString(key));
    }

    /** By a release that did not know the last migration yet. */
    private static void oneTenant(Path data) throws SQLException {
        try (var database = start(data)) {
            var flyway =
                    Migrate.prepare(Flyway.configure())
                            .dataSource(database.url(), EmbeddedDatabase.OWNER, database.passwords().owner())
                            .locations("classpath:db/migration");
            var all = flyway.load().info().all();
            flyway.target(all[all.length - 2].getVersion()).load().migrate();
            try (var connection = database.asBackup();
                    var statement = connection.createStatement()) {
                statement.execute("insert into tenant values ('kept', 'Kept', 'ACTIVE', now(), now())");
            }
        }
    }

    private static String tenants(Path data) throws SQLException {
        try (var database = start(data);
                var connection = database.asApp();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select string_agg(id, ' ') || ' ' || (select max(version) from flyway_schema_history) from tenant")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static EmbeddedDatabase start(Path data) {
        return EmbeddedDatabase.start(
                data.resolve("pg"),
                0,
                DatabasePasswords.in(data.resolve("database-passwords.properties")),
                Durability.FORGETFUL,
                Map.of());
    }
}
