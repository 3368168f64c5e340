package dev.parley.faults;

import dev.parley.standalone.Cache;
import dev.parley.standalone.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The PostgreSQL of an {@link EmbeddedDatabase} that was closed, started by its own program on the same or another
 * folder, with settings and an environment of its own. Connections are made as before.
 */
final class Server implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final String url;
    private final String password;

    private Server(Process process, String url, String password) {
        this.process = process;
        this.url = url;
        this.password = password;
    }

    /**
     * Starts it and does not wait.
     *
     * @param database whose port and passwords it has
     * @param environment beside that of this process
     * @param log to which it appends
     */
    static Server start(
            EmbeddedDatabase database,
            Path data,
            Map<String, String> settings,
            Map<String, String> environment,
            Path log)
            throws IOException {
        var line = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            line.addAll(List.of("unshare", "--user")); // PostgreSQL refuses to be root
        }
        line.addAll(List.of(program().toString(), "-D", data.toAbsolutePath().toString()));
        option(line, "port", Integer.toString(database.port()));
        option(line, "listen_addresses", "127.0.0.1");
        option(line, "unix_socket_directories", "");
        option(line, "timezone", "UTC");
        option(line, "logging_collector", "off");
        option(line, "log_error_verbosity", "terse");
        settings.forEach((name, value) -> option(line, name, value));
        var builder =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new Server(
                builder.start(),
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(database.port(), EmbeddedDatabase.NAME),
                database.passwords().superuser());
    }

    private static void option(List<String> line, String name, String value) {
        line.addAll(List.of("-c", name + "=" + value));
    }

    /**
     * Waits until it takes connections and recovers no more.
     *
     * @throws IllegalStateException if it ends, or does not within the limit
     */
    Server awaitWritable(Duration limit) throws InterruptedException {
        var until = Instant.now().plus(limit);
        while (!isWritable()) {
            if (!process.isAlive() || Instant.now().isAfter(until)) {
                throw new IllegalStateException("PostgreSQL was not there within " + limit);
            }
            Thread.sleep(50);
        }
        return this;
    }

    /** Ends it as the loss of its machine does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end and waits for that. */
    @Override
    public void close() {
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean isWritable() {
        try (var connection = DriverManager.getConnection(url, "postgres", password);
                var rows = connection.createStatement().executeQuery("select not pg_is_in_recovery()")) {
            rows.next();
            return rows.getBoolean(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Where the binaries that Parley brings were unpacked when one was started. */
    private static Path program() throws IOException {
        try (var folders = Files.list(Cache.folder().resolve("postgresql"))) {
            return folders.map(folder -> folder.resolve("bin").resolve("postgres"))
                    .filter(Files::isExecutable)
                    .max((a, b) -> Long.compare(a.toFile().lastModified(), b.toFile().lastModified()))
                    .orElseThrow();
        }
    }
}
