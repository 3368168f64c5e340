package dev.parley.standalone;

import dev.parley.platform.Migrate;
import dev.parley.standalone.DatabaseDump.Unfit;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./parley backup FILE} and {@code ./parley restore FILE [--no-erasures]}, for the database that a standalone
 * run keeps in its data folder ({@code PARLEY_DATA}).
 *
 * <p>A backup can be made while Parley runs. It holds sealed addresses and wrapped keys, and opens none without the
 * master key, which is not in it. It is restored into a data folder that has a master key, the same, and no database
 * yet; nothing of a restoring that failed is kept. Sign-in ({@code keycloak}) is not in it: a standalone run has
 * demonstration users only.
 *
 * <p>Exit codes: 0 done; 1 refused or failed, with the reason; 2 wrong arguments.
 */
public final class Backup {

    private static final int FAILED = 1;
    private static final int WRONG_ARGUMENTS = 2;

    /** The port stands in this line of PostgreSQL's own file about a server that runs. */
    private static final int PORT_LINE = 3;

    private static final String WITHOUT = "--no-erasures";

    /** Held, since a logger nobody holds forgets its level. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private final Path data;
    private final Path erasures;

    /**
     * @param data the data folder
     * @param erasures the list of erasures of this installation
     */
    Backup(Path data, Path erasures) {
        this.data = data;
        this.erasures = erasures;
    }

    /** The command. */
    public static void main(String... arguments) {
        var data = Standalone.data(System.getenv("PARLEY_DATA"));
        var backup = new Backup(data, Standalone.erasures(data, System.getenv("PARLEY_ERASURES_LOG")));
        System.exit(backup.run(arguments));
    }

    int run(String... arguments) {
        var words = Arrays.asList(arguments);
        boolean backup = words.size() == 2 && words.getFirst().equals("backup");
        boolean restore =
                words.size() == 2 && words.getFirst().equals("restore")
                        || words.size() == 3 && words.getFirst().equals("restore") && words.get(2).equals(WITHOUT);
        if (!backup && !restore) {
            System.err.println("Usage: ./parley backup FILE | ./parley restore FILE [" + WITHOUT + "]");
            return WRONG_ARGUMENTS;
        }
        var file = Path.of(words.get(1)).toAbsolutePath();
        try {
            if (backup) {
                backup(file);
            } else {
                restore(file, words.size() == 3);
            }
            return 0;
        } catch (Unfit e) {
            System.err.println(e.getMessage() + ".");
        } catch (IOException | FlywayException e) {
            System.err.println("It failed: " + e.getMessage());
        } catch (SQLException e) {
            // Its message could repeat values of a row.
            System.err.println("The database refused it, SQL state " + e.getSQLState() + ".");
        }
        return FAILED;
    }

    private void backup(Path file) throws SQLException, IOException {
        if (!Files.isDirectory(data.resolve("pg"))) {
            throw new Unfit("There is no database in " + data + "; PARLEY_DATA names another folder");
        }
        if (Files.exists(file)) {
            throw new Unfit(file + " is there already; a backup takes the place of nothing");
        }
        long began = System.nanoTime();
        var passwords = passwords();
        try (var lock = lock()) {
            DatabaseDump.Manifest made;
            if (lock == null) {
                try (var connection =
                        DriverManager.getConnection(runningUrl(data), EmbeddedDatabase.BACKUP, passwords.backup())) {
                    made = DatabaseDump.write(connection, file, keyMark());
                }
            } else {
                try (var database =
                                EmbeddedDatabase.start(data.resolve("pg"), 0, passwords, Durability.KEPT, Map.of());
                        var connection = database.asBackup()) {
                    made = DatabaseDump.write(connection, file, keyMark());
                }
            }
            say("Saved", made, file, began);
            System.out.println("It opens only with a copy of " + data.resolve("master.key") + ": keep that apart.");
        }
    }

    private void restore(Path file, boolean withoutErasures) throws SQLException, IOException {
        if (!Files.exists(file)) {
            throw new Unfit("There is no file " + file);
        }
        long began = System.nanoTime();
        var manifest = DatabaseDump.manifest(file);
        PrivateFiles.folder(data);
        try (var lock = lock()) {
            if (lock == null) {
                throw new Unfit("A Parley uses " + data + ": end it, or choose another folder by PARLEY_DATA");
            }
            if (Files.exists(data.resolve("pg"))) {
                throw new Unfit(
                        "There is a database in "
                                + data
                                + ": move its folder pg away, or choose another folder by PARLEY_DATA");
            }
            if (!Files.exists(data.resolve("master.key"))) {
                throw new Unfit(
                        "Put the master key of the installation that was saved into "
                                + data.resolve("master.key")
                                + " first: without it no address can be read");
            }
            if (!keyMark().equals(manifest.key())) {
                throw new Unfit(data.resolve("master.key") + " is not the key of the installation that was saved");
            }
            if (!withoutErasures && !Files.exists(erasures)) {
                throw new Unfit(
                        "Put the list of erasures of the installation that was saved into "
                                + erasures
                                + " first: who was erased since "
                                + manifest.madeAt()
                                + " would come back. If nobody was, say "
                                + WITHOUT);
            }
            var fresh = data.resolve("pg-restoring");
            delete(fresh);
            try (var database = EmbeddedDatabase.start(fresh, 0, passwords(), Durability.KEPT, Map.of())) {
                fill(database, file, manifest);
            } catch (SQLException | IOException | RuntimeException e) {
                delete(fresh);
                throw e;
            }
            Files.move(fresh, data.resolve("pg"), StandardCopyOption.ATOMIC_MOVE);
            say("Restored", manifest, file, began);
            System.out.println(
                    "Erasures since then are repeated at the next start, before the first request is taken.");
        }
    }

    /** Brings the schema to where it was, and the rows into it; what came since is added by the next start. */
    static void fill(EmbeddedDatabase database, Path file, DatabaseDump.Manifest manifest)
            throws SQLException, IOException {
        FLYWAY.setLevel(Level.WARNING);
        Migrate.prepare(Flyway.configure())
                .dataSource(database.url(), EmbeddedDatabase.OWNER, database.passwords().owner())
                .locations("classpath:db/migration")
                .target(manifest.version())
                .load()
                .migrate();
        try (var connection = database.asBackup()) {
            DatabaseDump.restore(connection, file);
        }
        try (Connection connection = database.asOwner();
                var statement = connection.createStatement()) {
            statement.execute("analyze");
        }
    }

    private DatabasePasswords passwords() {
        return DatabasePasswords.in(data.resolve("database-passwords.properties"));
    }

    /** Where the database of a data folder is, whose server runs. */
    static String runningUrl(Path data) throws IOException {
        var lines = Files.readAllLines(data.resolve("pg/postmaster.pid"));
        return "jdbc:postgresql://127.0.0.1:%s/%s".formatted(lines.get(PORT_LINE).strip(), EmbeddedDatabase.NAME);
    }

    /** By what a master key is known again, which says nothing about it. */
    private String keyMark() throws IOException {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            var key = Base64.getDecoder().decode(Files.readString(data.resolve("master.key")).strip());
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal("Parley backup".getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Held until it is closed; null if a Parley that runs holds it. */
    private @Nullable Lock lock() throws IOException {
        var channel = FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var held = Optional.ofNullable(channel.tryLock());
        if (held.isEmpty()) {
            channel.close();
            return null;
        }
        Files.writeString(data.resolve("process"), ProcessHandle.current().pid() + "\n");
        return new Lock(channel, held.get());
    }

    private record Lock(FileChannel channel, FileLock held) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            held.release();
            channel.close();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (var files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (var one : all) {
            Files.delete(one);
        }
    }

    private static void say(String what, DatabaseDump.Manifest manifest, Path file, long began) throws IOException {
        System.out.printf(
                "%s %,d rows of %d tables as they were at %s, schema %s, %,d bytes in %s, in %.1f s.%n",
                what,
                manifest.rows(),
                manifest.tables().size(),
                manifest.madeAt(),
                manifest.version(),
                Files.size(file),
                file,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / 1_000.0);
    }
}
