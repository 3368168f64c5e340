package dev.parley.testing;

import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * One real PostgreSQL for all tests of this JVM, with the roles of production and every statement in its log.
 *
 * <p>It is started by the first test that needs it and stopped when the JVM ends, since Quarkus restarts between
 * profiles but the database need not.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return properties();
    }

    @Override
    public void stop() {
        // Shared by all tests of this JVM.
    }

    /** What the application is configured with, for tests that start it in another way. */
    public static Map<String, String> properties() {
        var database = Shared.DATABASE;
        return Map.of(
                "parley.database.url", database.url(),
                "parley.database.app-password", database.passwords().app(),
                "parley.database.owner-password", database.passwords().owner(),
                "parley.master-key-file", Shared.MASTER_KEY.toString());
    }

    /** A database of its own on the same server, made if it is missing, for an application that may lose it. */
    public static Map<String, String> properties(String database) {
        var properties = new HashMap<>(properties());
        properties.put("parley.database.url", url(database));
        return properties;
    }

    /** Where a database of the same server is, made if it is missing. */
    public static String url(String database) {
        try {
            return Shared.DATABASE.url(database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the role that owns the schema of such a database. */
    public static Connection asOwner(String database) throws SQLException {
        return DriverManager.getConnection(url(database), EmbeddedDatabase.OWNER, Shared.DATABASE.passwords().owner());
    }

    /** As the role that sees and changes the rows of all tenants of such a database. */
    public static Connection asBackup(String database) throws SQLException {
        return DriverManager.getConnection(
                url(database), EmbeddedDatabase.BACKUP, Shared.DATABASE.passwords().backup());
    }

    public static Connection asOwner() throws SQLException {
        return Shared.DATABASE.asOwner();
    }

    public static Connection asApp() throws SQLException {
        return Shared.DATABASE.asApp();
    }

    /** Sees and changes the rows of all tenants. */
    public static Connection asBackup() throws SQLException {
        return Shared.DATABASE.asBackup();
    }

    public static Connection asSuperuser() throws SQLException {
        return Shared.DATABASE.asSuperuser();
    }

    /** The folder of the server's log files, in which every statement stands. */
    public static Path logFolder() {
        return Shared.FOLDER.resolve("pg/log");
    }

    /** Started when first asked for. */
    private static final class Shared {
        static final Path FOLDER = folder();
        static final Path MASTER_KEY = masterKey();
        static final EmbeddedDatabase DATABASE =
                EmbeddedDatabase.start(
                        FOLDER.resolve("pg"),
                        0,
                        DatabasePasswords.random(),
                        Durability.FORGETFUL,
                        Map.of("log_statement", "all", "log_min_messages", "info", "scram_iterations", "1"));

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(Shared::end, "test-postgres-end"));
        }

        private static Path folder() {
            try {
                return Files.createTempDirectory("parley-test-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Path masterKey() {
            try {
                // Fixed, so that a failing test fails again; it protects nothing.
                var key =
                        Base64.getEncoder()
                                .encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
                return Files.writeString(FOLDER.resolve("master.key"), key);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void end() {
            DATABASE.close();
            try (var files = Files.walk(FOLDER)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
