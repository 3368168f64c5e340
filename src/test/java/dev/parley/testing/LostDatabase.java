package dev.parley.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * A database that the tests with it can take away from the application, or put another one in its place, without
 * disturbing other tests: its own, on their server. There is a list of erasures too.
 */
public final class LostDatabase implements QuarkusTestResourceLifecycleManager {

    /** Its name. */
    public static final String NAME = "lost";

    private static Path folder = Path.of("");

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("parley-lost-");
            drop(NAME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        var properties = new HashMap<>(PostgresResource.properties(NAME));
        properties.put("parley.erasures.log", erasures().toString());
        return properties;
    }

    @Override
    public void stop() {
        try {
            Files.deleteIfExists(erasures());
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The list of erasures of the application that runs. */
    public static Path erasures() {
        return folder.resolve("erasures.log");
    }

    /** Ends all connections and refuses new ones, as a server that is away does. */
    public static void goAway() throws SQLException {
        execute("alter database " + NAME + " allow_connections false");
        end(NAME);
    }

    /** Takes connections again. */
    public static void comeBack() throws SQLException {
        execute("alter database " + NAME + " allow_connections true");
    }

    /** Puts another database of the server in its place, which is kept under a third name. */
    public static void replaceBy(String other, String kept) throws SQLException {
        goAway();
        end(other);
        execute("alter database " + NAME + " rename to " + kept);
        execute("alter database " + kept + " allow_connections true");
        execute("alter database " + other + " rename to " + NAME);
    }

    /** Drops a database of the server, if it is there. */
    public static void drop(String database) throws SQLException {
        execute("drop database if exists " + database + " with (force)");
    }

    private static void end(String database) throws SQLException {
        execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '" + database + "'");
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = PostgresResource.asSuperuser();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
