package dev.parley.standalone;

import static java.lang.ProcessBuilder.Redirect.appendTo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A real PostgreSQL that belongs to this process: its binaries come from the class path, its data stay in a folder.
 *
 * <p>It listens on 127.0.0.1 only, has no Unix socket, and wants a password from everybody. Whoever starts it closes
 * it; there is no hook of its own, because the application's last transactions must be over first.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    public static final String NAME = "parley";
    public static final String OWNER = "parley_owner";
    public static final String APP = "parley_app";
    public static final String BACKUP = "parley_backup";

    /** Held, since a logger nobody holds forgets its level. zonky tells every step at INFO. */
    private static final Logger ZONKY = Logger.getLogger("io.zonky.test.db.postgres.embedded");

    private static final String SUPERUSER = "postgres";
    private static final String MAJOR_VERSION = "18";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    /** Whether a commit survives a crash of the machine. Tests do without, for speed. */
    public enum Durability {
        KEPT,
        FORGETFUL
    }

    private final EmbeddedPostgres server;
    private final DatabasePasswords passwords;

    private EmbeddedDatabase(EmbeddedPostgres server, DatabasePasswords passwords) {
        this.server = server;
        this.passwords = passwords;
    }

    /**
     * Starts the server on the folder, which is filled the first time, and brings roles and database into being.
     *
     * @param wishedPort taken if it is free, else any free one
     * @param settings of the server, beside and over our own
     * @throws IllegalStateException if the folder's data belong to another version of PostgreSQL
     */
    public static EmbeddedDatabase start(
            Path folder,
            int wishedPort,
            DatabasePasswords passwords,
            Durability durability,
            Map<String, String> settings) {
        ZONKY.setLevel(Level.WARNING);
        try {
            var data = folder.toAbsolutePath();
            PrivateFiles.folder(data);
            refuseOtherVersion(data);
            endOrphan(data);
            var server = builder(data, freePort(wishedPort), passwords, durability, settings).start();
            var database = new EmbeddedDatabase(server, passwords);
            try {
                database.bootstrap(data);
            } catch (SQLException | IOException | RuntimeException e) {
                database.close();
                throw e;
            }
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start on " + folder, e);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL started, but its roles could not be made", e);
        }
    }

    public int port() {
        return server.getPort();
    }

    /**
     * Where the database is. Names no user: a user in the URL would win over the configured one and bypass the wall.
     */
    public String url() {
        return address(NAME);
    }

    /** Where a database of this server is, made if it is missing, with the schema and rights of production. */
    public String url(String database) throws SQLException {
        try (var connection = DriverManager.getConnection(address(SUPERUSER), SUPERUSER, passwords.superuser())) {
            make(connection, database);
        }
        return address(database);
    }

    public DatabasePasswords passwords() {
        return passwords;
    }

    /** A connection as the owner of the schema. */
    public Connection asOwner() throws SQLException {
        return DriverManager.getConnection(url(), OWNER, passwords.owner());
    }

    /** A connection as the application: row security applies. */
    public Connection asApp() throws SQLException {
        return DriverManager.getConnection(url(), APP, passwords.app());
    }

    /** A connection that reads and writes past row security, for dumps and for looking from outside. */
    public Connection asBackup() throws SQLException {
        return DriverManager.getConnection(url(), BACKUP, passwords.backup());
    }

    /** A connection as the superuser, who alone can switch walls off; for tests of the walls. */
    public Connection asSuperuser() throws SQLException {
        return DriverManager.getConnection(url(), SUPERUSER, passwords.superuser());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        }
    }

    private static EmbeddedPostgres.Builder builder(
            Path data, int port, DatabasePasswords passwords, Durability durability, Map<String, String> settings) {
        var kept = durability == Durability.KEPT ? "on" : "off";
        var builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setRegisterShutdownHook(false)
                        .setPGStartupWait(START_LIMIT)
                        .setOverrideWorkingDirectory(Cache.folder().resolve("postgresql").toFile())
                        .setOutputRedirector(appendTo(data.resolveSibling("pg-start.log").toFile()))
                        .setPort(port)
                        .setConnectConfig("password", passwords.superuser())
                        // The same order of words on every machine, whatever its locale is.
                        .setLocaleConfig("locale-provider", "builtin")
                        .setLocaleConfig("builtin-locale", "C.UTF-8")
                        .setLocaleConfig("locale", "C")
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("unix_socket_directories", "")
                        .setServerConfig("timezone", "UTC")
                        .setServerConfig("log_timezone", "UTC")
                        // zonky starts with -F; data that must last need both of these said.
                        .setServerConfig("fsync", kept)
                        .setServerConfig("full_page_writes", kept)
                        .setServerConfig("synchronous_commit", kept)
                        // A unique violation prints the key, a slow statement its values: addresses among them.
                        .setServerConfig("log_error_verbosity", "terse")
                        .setServerConfig("log_parameter_max_length", "0")
                        .setServerConfig("log_parameter_max_length_on_error", "0")
                        // A file of its own: a pipe to this process breaks when the process is killed.
                        .setServerConfig("logging_collector", "on")
                        .setServerConfig("log_directory", "log")
                        .setServerConfig("log_filename", "postgresql-%a.log")
                        .setServerConfig("log_truncate_on_rotation", "on");
        settings.forEach(builder::setServerConfig);
        return builder;
    }

    private void bootstrap(Path data) throws SQLException, IOException {
        try (var server = DriverManager.getConnection(address(SUPERUSER), SUPERUSER, passwords.superuser())) {
            setting(server, "parley.superuser_password", passwords.superuser());
            setting(server, "parley.owner_password", passwords.owner());
            setting(server, "parley.app_password", passwords.app());
            setting(server, "parley.backup_password", passwords.backup());
            execute(server, script("roles.sql"));
            // Only here, where nothing but demonstrations and tests is stored: they seed past the walls.
            execute(server, "grant pg_write_all_data to " + BACKUP);
            execute(
                    server,
                    """
                    do $$ begin
                      execute format('alter role postgres password %L', current_setting('parley.superuser_password'));
                    end $$
                    """);
            make(server, NAME);
            wantPasswords(data, server);
        }
    }

    private void make(Connection server, String database) throws SQLException {
        if (!exists(server, database)) {
            execute(server, "create database " + database + " owner " + OWNER);
        }
        try (var connection = DriverManager.getConnection(address(database), SUPERUSER, passwords.superuser())) {
            execute(connection, script("database.sql"));
        }
    }

    /** initdb was told to trust everybody on this machine, since there was no password yet. Now there is one. */
    private static void wantPasswords(Path data, Connection server) throws IOException, SQLException {
        var rules = data.resolve("pg_hba.conf");
        var wanted = "host all all 127.0.0.1/32 scram-sha-256\n";
        if (!Files.readString(rules).equals(wanted)) {
            var temporary = data.resolve("pg_hba.conf.new");
            Files.writeString(temporary, wanted);
            Files.move(temporary, rules, StandardCopyOption.REPLACE_EXISTING);
            execute(server, "select pg_reload_conf()");
        }
    }

    private static void refuseOtherVersion(Path data) throws IOException {
        var file = data.resolve("PG_VERSION");
        if (Files.exists(file) && !Files.readString(file).strip().equals(MAJOR_VERSION)) {
            throw new IllegalStateException(
                    "The data in %s belong to PostgreSQL %s and this Parley brings %s. Move the folder away, or dump and restore it with the older Parley."
                            .formatted(data, Files.readString(file).strip(), MAJOR_VERSION));
        }
    }

    /**
     * After a kill of the application its PostgreSQL lives on, and would refuse a second server on its data. It is
     * asked to stop the way that rolls back what is open; it is never killed, so that nothing committed is lost.
     */
    private static void endOrphan(Path data) throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var lines = Files.readAllLines(pidFile);
        var process =
                lines.isEmpty()
                        ? Optional.<ProcessHandle>empty()
                        : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
        if (process.isEmpty()) {
            return; // the server died with the machine; PostgreSQL recovers from that by itself
        }
        var orphan = process.get();
        if (!isPostgresOn(data, orphan)) {
            // The number has gone to another program since, which PostgreSQL would take for a living server.
            Files.delete(pidFile);
            return;
        }
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(orphan.pid())).start().waitFor();
            orphan.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "PostgreSQL of an earlier run (process %d) still uses %s and did not stop within %d s"
                            .formatted(orphan.pid(), data, STOP_LIMIT.toSeconds()),
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while an earlier PostgreSQL was stopping", e);
        }
    }

    private static boolean isPostgresOn(Path data, ProcessHandle process) {
        var isPostgres =
                process.info()
                        .command()
                        .map(command -> Objects.toString(Path.of(command).getFileName()))
                        .filter(name -> name.equals("postgres") || name.equals("postgres.exe"))
                        .isPresent();
        // Where the system tells the arguments, another server of this user is not taken for ours.
        var isOnData =
                process.info()
                        .arguments()
                        .map(arguments -> Arrays.asList(arguments).contains(data.toString()))
                        .orElse(true);
        return isPostgres && isOnData;
    }

    private static int freePort(int wished) throws IOException {
        try (var probe = new ServerSocket(wished, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (BindException e) {
            return freePort(0);
        }
    }

    private String address(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), database);
    }

    private static boolean exists(Connection server, String database) throws SQLException {
        try (var query = server.prepareStatement("select from pg_database where datname = ?")) {
            query.setString(1, database);
            try (var result = query.executeQuery()) {
                return result.next();
            }
        }
    }

    private static void setting(Connection connection, String name, String value) throws SQLException {
        try (var statement = connection.prepareStatement("select set_config(?, ?, false)")) {
            statement.setString(1, name);
            statement.setString(2, value);
            statement.execute();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String script(String name) {
        try (var stream = EmbeddedDatabase.class.getResourceAsStream("/bootstrap/" + name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
