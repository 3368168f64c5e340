package dev.parley.load;

import dev.parley.standalone.EmbeddedDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/** What Parley is compared with, in the same run: an insert by pgbench, and a file served by nginx. */
final class References implements AutoCloseable {

    private static final int FILE_BYTES = 20_000;
    private static final Pattern RATE = Pattern.compile("tps = ([\\d.]+)");

    /** A comment in one row: its ids, name, sealed address, text and state. */
    private static final String TABLE =
            """
            create table if not exists reference_comment (
                tenant_id text not null, id uuid not null, article_id uuid not null, commenter_id uuid not null,
                name text not null, address bytea not null, body text not null, status text not null,
                created_at timestamptz not null, primary key (tenant_id, id))\
            """;

    private static final String INSERT =
            """
            \\set tenant random(1, 50)
            insert into reference_comment values ('load-' || :tenant, uuidv7(), gen_random_uuid(), gen_random_uuid(),
                'Reader', decode(repeat('ab', 60), 'hex'), repeat('a comment of some words ', 9), 'PUBLISHED', now());
            """;

    private final EmbeddedDatabase database;
    private final Path script;
    private final Process nginx;
    private final String file;

    References(EmbeddedDatabase database, Path folder) throws IOException, SQLException {
        this.database = database;
        script = Files.writeString(folder.resolve("insert.sql"), INSERT);
        try (var owner = database.asSuperuser();
                var statement = owner.createStatement()) {
            statement.execute("set search_path = public");
            statement.execute(TABLE);
        }
        var web = Files.createDirectories(folder.resolve("nginx"));
        Files.writeString(web.resolve("page"), "x".repeat(FILE_BYTES));
        int port = freePort();
        file = "http://127.0.0.1:" + port + "/page";
        var root = System.getProperty("user.name").equals("root") ? "user root;" : "";
        var rules =
                """
                %1$s
                daemon off; worker_processes 2; pid %2$s/pid; error_log %2$s/error.log;
                events { worker_connections 1024; }
                http {
                    access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=10;
                    client_body_temp_path %2$s/a; proxy_temp_path %2$s/b; fastcgi_temp_path %2$s/c;
                    uwsgi_temp_path %2$s/d; scgi_temp_path %2$s/e;
                    server { listen 127.0.0.1:%3$d; root %2$s; }
                }
                """
                        .formatted(root, web, port);
        var configuration = Files.writeString(web.resolve("nginx.conf"), rules);
        nginx =
                new ProcessBuilder("nginx", "-c", configuration.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(web.resolve("said.log").toFile())
                        .start();
    }

    /** Rows a second that pgbench inserts one by one, each in a durable transaction of its own. */
    double insertsPerSecond(int connections, int seconds) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(
                                List.of(
                                        "pgbench",
                                        "-n",
                                        "-h",
                                        "127.0.0.1",
                                        "-p",
                                        Integer.toString(database.port()),
                                        "-U",
                                        "postgres",
                                        "-c",
                                        Integer.toString(connections),
                                        "-j",
                                        "2",
                                        "-T",
                                        Integer.toString(seconds),
                                        "-M",
                                        "prepared",
                                        "-f",
                                        script.toString(),
                                        EmbeddedDatabase.NAME))
                        .redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", database.passwords().superuser());
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        var found = RATE.matcher(said);
        if (!found.find()) {
            throw new IllegalStateException("pgbench said nothing that is understood:\n" + said);
        }
        return Double.parseDouble(found.group(1));
    }

    /** Where nginx serves a file of 20 kB. */
    String file() {
        return file;
    }

    @Override
    public void close() {
        nginx.destroy();
    }

    static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
