package dev.parley.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations apart from the application, as a cluster runs them, on a PostgreSQL whose schema each test empties. */
class MigrateTest {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int CONFIGURATION_ERROR = 78;
    private static final Duration AT_ONCE = Duration.ZERO;

    private static EmbeddedDatabase database;

    @BeforeAll
    static void start(@TempDir Path folder) {
        database =
                EmbeddedDatabase.start(
                        folder.resolve("pg"), 0, DatabasePasswords.random(), Durability.FORGETFUL, Map.of());
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void an_empty_schema() throws SQLException {
        change("drop owned by parley_owner cascade");
        change("create schema if not exists parley authorization parley_owner");
        change("grant usage on schema parley to parley_app");
    }

    @Test
    void an_empty_schema_when_migrated_is_what_the_application_waits_for() throws Exception {
        assertThat(Migrate.run(app(), AT_ONCE, "--await")).isEqualTo(FAILED);

        assertThat(Migrate.run(owner(), AT_ONCE)).isEqualTo(DONE);

        assertThat(Migrate.run(app(), AT_ONCE, "--await")).isEqualTo(DONE);
        assertThat(Migrate.run(owner(), AT_ONCE)).as("once more").isEqualTo(DONE);
    }

    @Test
    void who_waits_when_the_schema_comes_meanwhile_goes_on() throws Exception {
        var waiting =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return Migrate.run(app(), Duration.ofMinutes(2), "--await");
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });

        assertThat(Migrate.run(owner(), AT_ONCE)).isEqualTo(DONE);

        assertThat(waiting.get(2, TimeUnit.MINUTES)).isEqualTo(DONE);
    }

    @Test
    void a_schema_when_one_migration_short_is_not_enough_and_one_ahead_is() throws Exception {
        Migrate.run(owner(), AT_ONCE);

        change(
                "insert into parley.flyway_schema_history select installed_rank + 1, '9999', 'newer', type, 'V9999__newer.sql',"
                        + " checksum, installed_by, installed_on, execution_time, success from parley.flyway_schema_history"
                        + " order by installed_rank desc limit 1");
        assertThat(Migrate.run(app(), AT_ONCE, "--await")).isEqualTo(DONE);

        change(
                "delete from parley.flyway_schema_history where version = (select max(version)"
                        + " from parley.flyway_schema_history where version <> '9999')");
        change("delete from parley.flyway_schema_history where version = '9999'");
        assertThat(Migrate.run(app(), AT_ONCE, "--await")).isEqualTo(FAILED);
    }

    @Test
    void a_migration_when_it_fails_ends_with_a_code_of_its_own() throws Exception {
        try (var connection = database.asOwner()) {
            connection.createStatement().execute("create table parley.tenant (in_the_way int)");
        }

        assertThat(Migrate.run(owner(), AT_ONCE)).isEqualTo(FAILED);
    }

    @Test
    void a_migration_when_a_table_is_locked_gives_up_within_seconds_and_succeeds_later() throws Exception {
        var flyway = flyway();
        var all = flyway.load().info().all();
        int last = all.length - 1;
        while (getClass().getResource("/db/migration/" + all[last].getScript() + ".conf") != null) {
            last--; // makes an index beside all others, and waits for them
        }
        flyway.target(all[last - 1].getVersion()).load().migrate();

        try (var reader = database.asOwner()) {
            reader.setAutoCommit(false);
            // Whatever that one does, it has to lock a table that is there already, be it one that it refers to.
            var tables = tables(reader);
            reader.createStatement().execute("lock table " + tables + " in access share mode");
            reader.createStatement().execute("lock table " + tables + " in row exclusive mode");
            long began = System.nanoTime();
            assertThat(Migrate.run(owner(), AT_ONCE)).isEqualTo(FAILED);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Migrate.LOCK_PATIENCE, Migrate.LOCK_PATIENCE.plusSeconds(30));
            reader.rollback();
        }

        assertThat(Migrate.run(owner(), AT_ONCE)).isEqualTo(DONE);
    }

    /** All of the schema but the one that is Flyway's, by name. */
    private static String tables(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var names =
                        statement.executeQuery(
                                "select string_agg(format('%I.%I', schemaname, tablename), ', ') from pg_tables"
                                        + " where schemaname = 'parley' and tablename <> 'flyway_schema_history'")) {
            names.next();
            return names.getString(1);
        }
    }

    @Test
    void an_index_that_is_made_concurrently_does_not_wait_for_the_lock_of_the_migration_itself(@TempDir Path folder)
            throws Exception {
        Migrate.run(owner(), AT_ONCE);
        Files.writeString(
                folder.resolve("V9000__find.sql"),
                "create index concurrently tried on parley.comment (tenant_id, name);");
        Files.writeString(folder.resolve("V9000__find.sql.conf"), "executeInTransaction=false\n");

        var result =
                Migrate.prepare(flyway()).locations("classpath:db/migration", "filesystem:" + folder).load().migrate();

        assertThat(result.migrationsExecuted).isEqualTo(1);
        assertThat(result.success).isTrue();
    }

    private static FluentConfiguration flyway() {
        return Flyway.configure()
                .dataSource(database.url(), EmbeddedDatabase.OWNER, database.passwords().owner())
                .locations("classpath:db/migration");
    }

    @Test
    void a_setting_that_is_missing_or_an_argument_that_is_unknown_stops_it() throws Exception {
        assertThat(Migrate.run(owner(), AT_ONCE, "--await")).isEqualTo(CONFIGURATION_ERROR);
        assertThat(Migrate.run(app(), AT_ONCE)).isEqualTo(CONFIGURATION_ERROR);
        assertThat(Migrate.run(owner(), AT_ONCE, "--dry-run")).isEqualTo(CONFIGURATION_ERROR);
    }

    private static ProductionSettings owner() {
        return settings(ProductionSettings.OWNER_PASSWORD, database.passwords().owner());
    }

    private static ProductionSettings app() {
        return settings(ProductionSettings.APP_PASSWORD, database.passwords().app());
    }

    private static ProductionSettings settings(String name, String password) {
        var values = new HashMap<>(Map.of(ProductionSettings.DATABASE_URL, database.url(), name, password));
        return new ProductionSettings(
                new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(values, "test", 100)).build());
    }

    private static void change(String sql) throws SQLException {
        try (var connection = database.asSuperuser()) {
            connection.createStatement().execute(sql);
        }
    }
}
