package dev.parley.standalone;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * A database of Parley in a file, made and read back over COPY: the PostgreSQL that Parley brings has no {@code
 * pg_dump}, and one of the system is mostly older than the server, which it then refuses.
 *
 * <p>The file is a ZIP. {@code tables/NAME.copy} holds a table's rows in COPY's text format, in the order of the
 * primary key, so that equal tables are equal bytes; {@code manifest.json}, the last entry, says which format this is,
 * which migrations the schema had, and of each table its columns, its number of rows and the SHA-256 of its bytes. All
 * tables are of one moment. The schema is not in it: the migrations make it.
 */
public final class DatabaseDump {

    /** Of the file. A reader refuses any other. */
    static final int FORMAT = 1;

    private static final String MANIFEST = "manifest.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private DatabaseDump() {}

    /** The file is no dump of this Parley, damaged, or does not fit the database. The message is for the terminal. */
    public static final class Unfit extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Unfit(String message) {
            super(message);
        }
    }

    /**
     * What a dump says of itself.
     *
     * @param format {@link #FORMAT}
     * @param madeAt moment of the snapshot
     * @param key what the master key is known by; says nothing about it
     * @param migrations version and checksum of each that was applied, in order, such as {@code 0001 -123}
     */
    public record Manifest(int format, String madeAt, String key, List<String> migrations, List<Table> tables) {

        /** Of all tables. */
        public long rows() {
            return tables.stream().mapToLong(Table::rows).sum();
        }

        /** Version of the last migration. */
        public String version() {
            return migrations.getLast().split(" ")[0];
        }
    }

    /**
     * A table of a dump, or of a database.
     *
     * @param sha256 of its rows in COPY's text format, in hex
     */
    public record Table(String name, List<String> columns, long rows, String sha256) {}

    /**
     * Writes all of a database into a file that only its owner may read; when it is there, it is whole.
     *
     * @param connection as a role that passes row-level security; a transaction of its own is begun on it
     * @param key see {@link Manifest#key}
     */
    public static Manifest write(Connection connection, Path file, String key) throws SQLException, IOException {
        var partial = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(partial);
        PrivateFiles.write(partial, "");
        try (var snapshot = new Snapshot(connection);
                var zip = new ZipOutputStream(Files.newOutputStream(partial))) {
            var madeAt = one(connection, "select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')");
            var tables = new ArrayList<Table>();
            for (var shape : shapes(connection)) {
                zip.putNextEntry(new ZipEntry(entry(shape.name)));
                tables.add(shape.copyOut(snapshot.copies, zip));
                zip.closeEntry();
            }
            var manifest = new Manifest(FORMAT, madeAt, key, migrations(connection), tables);
            zip.putNextEntry(new ZipEntry(MANIFEST));
            zip.write(JSON.writeValueAsBytes(manifest));
            zip.closeEntry();
            zip.finish();
        } catch (SQLException | IOException | RuntimeException e) {
            Files.deleteIfExists(partial);
            throw e;
        }
        var manifest = manifest(partial);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return manifest;
    }

    /** The tables of a database as a dump made now would say them. */
    public static List<Table> tables(Connection connection) throws SQLException, IOException {
        try (var snapshot = new Snapshot(connection)) {
            return tables(connection, snapshot.copies);
        }
    }

    /**
     * Reads what a dump says of itself.
     *
     * @throws Unfit if it is none, or of another format
     */
    public static Manifest manifest(Path file) throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            return manifest(zip, file);
        } catch (ZipException e) {
            throw new Unfit(file + " is not a whole backup: " + e.getMessage());
        }
    }

    private static Manifest manifest(ZipFile zip, Path file) throws IOException {
        var entry = zip.getEntry(MANIFEST);
        if (entry == null) {
            throw new Unfit(file + " has no " + MANIFEST + ", so it is no backup of Parley's");
        }
        try (var stream = zip.getInputStream(entry)) {
            var bytes = stream.readAllBytes();
            var crc = new CRC32();
            crc.update(bytes);
            if (crc.getValue() != entry.getCrc()) {
                throw new Unfit(file + " is damaged: its " + MANIFEST + " is not what it was");
            }
            var tree = JSON.readTree(bytes);
            if (tree.path("format").asInt() != FORMAT) {
                throw new Unfit(
                        "%s has format %s, and this Parley reads format %d"
                                .formatted(file, tree.path("format"), FORMAT));
            }
            return JSON.treeToValue(tree, Manifest.class);
        } catch (JacksonException e) {
            throw new Unfit("The %s of %s can't be read".formatted(MANIFEST, file));
        } catch (EOFException e) {
            throw new Unfit(file + " is damaged: its " + MANIFEST + " ends too early");
        }
    }

    /**
     * Fills an empty database of the same migrations from a dump, in one transaction: all of it or nothing. Every table
     * is read again before the commit and compared with what the dump says of it.
     *
     * @param connection as a role that passes row-level security and may write
     * @throws Unfit if dump and database do not fit, the database holds rows, or the file is damaged
     */
    public static Manifest restore(Connection connection, Path file) throws SQLException, IOException {
        try (var zip = new ZipFile(file.toFile());
                var snapshot = new Snapshot(connection, false)) {
            var manifest = manifest(zip, file);
            var here = migrations(connection);
            if (!here.equals(manifest.migrations)) {
                throw new Unfit(
                        "The backup is of a schema at version %s, with %d migrations, and this one is at %s, with %d; or one of them was another one then"
                                .formatted(
                                        manifest.version(),
                                        manifest.migrations.size(),
                                        here.getLast().split(" ")[0],
                                        here.size()));
            }
            var shapes = shapes(connection);
            refuseOtherTables(manifest, shapes);
            for (var shape : shapes) {
                if (one(connection, "select exists (select from parley.%s)".formatted(shape.name)).equals("t")) {
                    throw new Unfit(
                            "The database is not empty: table %s holds rows. A backup is restored into an empty one only"
                                    .formatted(shape.name));
                }
            }
            execute(connection, "set constraints all deferred");
            for (var shape : inOrder(connection, shapes)) {
                var said = manifest.tables.get(shapes.indexOf(shape));
                var entry = Objects.requireNonNull(zip.getEntry(entry(shape.name)), shape.name);
                shape.copyIn(snapshot.copies, zip.getInputStream(entry), said);
            }
            execute(connection, "set constraints all immediate");
            if (!tables(connection, snapshot.copies).equals(manifest.tables)) {
                throw new Unfit("What was restored is not what the backup says; nothing was kept");
            }
            connection.commit();
            return manifest;
        } catch (ZipException e) {
            throw new Unfit(file + " is not a whole backup: " + e.getMessage());
        }
    }

    private static void refuseOtherTables(Manifest manifest, List<Shape> shapes) {
        var dumped = manifest.tables.stream().map(t -> new Shape(t.name, t.columns, "")).toList();
        var here = shapes.stream().map(s -> new Shape(s.name, s.columns, "")).toList();
        if (!dumped.equals(here)) {
            throw new Unfit("The backup has other tables or columns than this schema");
        }
    }

    private static List<Table> tables(Connection connection, CopyManager copies) throws SQLException, IOException {
        var tables = new ArrayList<Table>();
        for (var shape : shapes(connection)) {
            tables.add(shape.copyOut(copies, OutputStream.nullOutputStream()));
        }
        return tables;
    }

    /** Whole migrations, not their time and duration. */
    private static List<String> migrations(Connection connection) throws SQLException {
        return strings(
                connection,
                "select version || ' ' || checksum from parley.flyway_schema_history"
                        + " where success and version is not null order by installed_rank");
    }

    private static List<Shape> shapes(Connection connection) throws SQLException {
        var shapes = new ArrayList<Shape>();
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select c.relname,
                                    (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
                                     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''),
                                    (select string_agg(quote_ident(a.attname), ', ' order by k.place)
                                     from pg_index i, unnest(i.indkey) with ordinality as k (attnum, place)
                                     join pg_attribute a on a.attnum = k.attnum
                                     where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid)
                                from pg_class c
                                where c.relnamespace = 'parley'::regnamespace and c.relkind = 'r'
                                    and c.relname <> 'flyway_schema_history'
                                order by c.relname collate "C"
                                """)) {
            while (rows.next()) {
                var columns = List.of((String[]) rows.getArray(2).getArray());
                shapes.add(new Shape(rows.getString(1), columns, rows.getString(3)));
            }
        }
        if (shapes.isEmpty()) {
            throw new Unfit("The database has no tables of Parley's");
        }
        return shapes;
    }

    /** Whoever is referred to comes first; what is checked at the end only does not matter. */
    private static List<Shape> inOrder(Connection connection, List<Shape> shapes) throws SQLException {
        var waits =
                strings(
                        connection,
                        "select distinct conrelid::regclass::text || ' ' || confrelid::regclass::text from pg_constraint"
                                + " where contype = 'f' and not condeferrable and conrelid <> confrelid"
                                + " and connamespace = 'parley'::regnamespace");
        var references = waits.stream().map(pair -> pair.replace("parley.", "").split(" ")).toList();
        var left = new ArrayList<>(shapes);
        var ordered = new ArrayList<Shape>();
        var done = new HashSet<String>();
        while (!left.isEmpty()) {
            var next =
                    left.stream()
                            .filter(s ->
                                    references.stream().noneMatch(r -> r[0].equals(s.name) && !done.contains(r[1])))
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException("Tables refer to one another: " + left));
            left.remove(next);
            ordered.add(next);
            done.add(next.name);
        }
        return ordered;
    }

    private static String entry(String table) {
        return "tables/" + table + ".copy";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String one(Connection connection, String sql) throws SQLException {
        return strings(connection, sql).getFirst();
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * A table as it is copied.
     *
     * @param key the columns of its primary key, for ORDER BY
     */
    private record Shape(String name, List<String> columns, String key) {

        Table copyOut(CopyManager copies, OutputStream target) throws SQLException, IOException {
            var digest = sha256();
            // Not closed: the target goes on behind this table.
            var digested = new DigestOutputStream(target, digest);
            long rows =
                    copies.copyOut(
                            "copy (select %s from parley.%s order by %s) to stdout"
                                    .formatted(String.join(", ", columns), name, key),
                            digested);
            return new Table(name, columns, rows, HexFormat.of().formatHex(digest.digest()));
        }

        void copyIn(CopyManager copies, InputStream source, Table said) throws SQLException, IOException {
            var digest = sha256();
            long rows;
            try (var digested = new DigestInputStream(new Whole(source), digest)) {
                rows =
                        copies.copyIn(
                                "copy parley.%s (%s) from stdin".formatted(name, String.join(", ", columns)), digested);
            } catch (SQLException e) {
                // Its message repeats values of the row.
                throw new Unfit(
                        "The backup is damaged: table %s can't be filled (SQL state %s)"
                                .formatted(name, e.getSQLState()));
            }
            if (rows != said.rows || !HexFormat.of().formatHex(digest.digest()).equals(said.sha256)) {
                throw new Unfit("The backup is damaged: table %s is not what it was".formatted(name));
            }
        }
    }

    /** A damaged entry is told as such, not as a fault of the machine. */
    private static final class Whole extends FilterInputStream {

        Whole(InputStream source) {
            super(source);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            try {
                return super.read(bytes, from, length);
            } catch (ZipException | EOFException e) {
                throw new Unfit("The backup is damaged: " + e.getMessage());
            }
        }
    }

    /** A transaction that sees one moment, with values written alike on every server; rolled back unless committed. */
    private static final class Snapshot implements AutoCloseable {

        private final Connection connection;
        final CopyManager copies;

        Snapshot(Connection connection) throws SQLException {
            this(connection, true);
        }

        Snapshot(Connection connection, boolean readOnly) throws SQLException {
            this.connection = connection;
            this.copies = connection.unwrap(PGConnection.class).getCopyAPI();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(readOnly);
            for (var setting :
                    List.of(
                            "timezone = 'UTC'",
                            "datestyle = 'ISO'",
                            "intervalstyle = 'postgres'",
                            "extra_float_digits = 1",
                            "bytea_output = 'hex'")) {
                execute(connection, "set local " + setting);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.rollback();
            connection.setAutoCommit(true);
            connection.setReadOnly(false);
        }
    }
}
