package dev.parley.standalone;

import dev.parley.platform.Bootstrap;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import io.quarkus.runtime.Application;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A run without configuration: PostgreSQL first, since nothing works without it, and Keycloak behind it while readers
 * can comment already.
 *
 * <p>Ports follow from {@code PORT} (8080): the next is Keycloak's, then the database's, then that of health and
 * metrics. What lasts is in {@code PARLEY_DATA} ({@code ./data}).
 */
public final class Standalone implements Bootstrap {

    private static final Duration APPLICATION_STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration CHILD_STOP_LIMIT = Duration.ofSeconds(10);

    /** A static field would not do: development mode loads this class anew. */
    private static final String RUNNING = "parley.standalone.process";

    private int port = 8080;
    private Path data = Path.of("data");

    /** False in development mode after a change, when the parts run already. */
    private boolean began;

    private @Nullable EmbeddedDatabase database;
    private volatile @Nullable KeycloakServer keycloak;

    /** Of the client that makes accounts, in this run only. */
    private final String invitations = Base64.getUrlEncoder().encodeToString(PrivateFiles.randomBytes(32));

    /** Held as long as this process lives; a kill lets go of it. */
    private @Nullable FileLock lock;

    @Override
    public boolean isRunning() {
        return Long.getLong(RUNNING, 0) == ProcessHandle.current().pid();
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        port = port(System.getenv("PORT"));
        data = data(System.getenv("PARLEY_DATA"));
        System.out.println("Parley starts on a PostgreSQL of its own, data in " + data);
        try {
            PrivateFiles.folder(data);
            lock = lock();
        } catch (IOException e) {
            throw new IllegalStateException("the data folder " + data + " cannot be used: " + e.getMessage(), e);
        }
        new Children(Cache.folder()).endOrphans();
        wantFree(port, "Parley", "PORT");
        wantFree(port + 1, "Keycloak, which uses the port after Parley's,", "PORT");
        wantFree(port + 3, "health and metrics, three ports after Parley's,", "PORT");

        var passwords = DatabasePasswords.in(data.resolve("database-passwords.properties"));
        var server = EmbeddedDatabase.start(data.resolve("pg"), port + 2, passwords, Durability.KEPT, Map.of());
        database = server;
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "standalone-end"));

        configure("parley.database.url", server.url());
        configure("parley.database.app-password", passwords.app());
        configure("parley.database.owner-password", passwords.owner());
        configure("parley.master-key-file", masterKey().toString());
        configure("parley.erasures.log", erasures(data, System.getenv("PARLEY_ERASURES_LOG")).toString());
        configure("parley.public-origin", "http://127.0.0.1:" + port);
        configure("parley.console-origin", "http://localhost:" + port);
        configure("parley.console-session-secret", secret("session.secret"));
        configure("parley.standalone", "true");
        // Names the sender on the mailbox page's mails; none of them leaves this machine.
        configure("parley.mail.from", "Parley comments <comments@parley.example>");
        configure("quarkus.oidc.auth-server-url", KeycloakServer.issuer(port + 1));
        configure("parley.keycloak.admin-url", "http://localhost:" + (port + 1));
        configure("parley.keycloak.client-secret", invitations);
        configure("quarkus.http.host", "127.0.0.1");
        configure("quarkus.http.port", Integer.toString(port));
        // No balancer has to hear of the end, and who pressed Ctrl-C waits.
        configure("quarkus.shutdown.delay", "100ms");
        configure("quarkus.shutdown.timeout", "5S");
        configure("quarkus.management.host", "127.0.0.1");
        configure("quarkus.management.port", Integer.toString(port + 3));
        // For a person at a terminal.
        configure("quarkus.log.console.json.enabled", "false");
        configure(RUNNING, Long.toString(ProcessHandle.current().pid()));
        began = true;
    }

    @Override
    public void ready() {
        if (!began) {
            return;
        }
        // Not earlier: on two cores it would take the application's own start from it.
        Thread.ofPlatform().daemon().name("keycloak-start").start(this::startKeycloak);
        System.out.printf(
                """

                Parley is ready.
                  Newspaper   http://localhost:%1$d/
                  Mailbox     http://localhost:%1$d/mailbox
                  Console     http://localhost:%1$d/console
                  API         http://localhost:%1$d/q/openapi
                  Sign-in     starts in the background, for console and API; commenting works already
                  Users       gazette-admin, gazette-moderator, herald-admin, herald-moderator, operator
                  Password    %2$s
                  A token     curl -s -d grant_type=password -d client_id=parley-demo -d username=gazette-moderator -d password=%2$s %3$s/protocol/openid-connect/token
                  Data        %4$s (delete it to begin again)
                Ctrl-C ends it all.

                """,
                port, DemoUsers.PASSWORD, KeycloakServer.issuer(port + 1), data);
    }

    private void startKeycloak() {
        var started = System.nanoTime();
        try {
            keycloak =
                    KeycloakServer.start(
                            Cache.folder(),
                            data.resolve("keycloak"),
                            data.resolve("keycloak.log"),
                            port + 1,
                            "http://localhost:" + port,
                            invitations,
                            message -> System.out.println(message + "; commenting works meanwhile."));
            System.out.printf(
                    "Sign-in is ready at %s (after %d s).%n",
                    KeycloakServer.issuer(port + 1), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started));
        } catch (RuntimeException e) {
            System.out.println("There is no sign-in in this run, commenting works without it. " + e.getMessage());
        }
    }

    /** The application first, since it still writes; then what it stood on. */
    private void end() {
        awaitApplication();
        var signIn = keycloak;
        if (signIn != null) {
            signIn.close();
        }
        if (database != null) {
            database.close();
        }
        // What Keycloak was being built or imported with.
        ProcessHandle.current().children().forEach(child -> Children.end(child, CHILD_STOP_LIMIT));
    }

    private static void awaitApplication() {
        var application = Application.currentApplication();
        if (application == null) {
            return;
        }
        var stopped =
                new FutureTask<@Nullable Void>(() -> {
                    application.awaitShutdown();
                    return null;
                });
        Thread.ofPlatform().daemon().start(stopped);
        try {
            stopped.get(APPLICATION_STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            System.err.println("Parley did not end in time; its database stops now.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path masterKey() {
        return kept("master.key");
    }

    private String secret(String name) {
        try {
            return Files.readString(kept(name));
        } catch (IOException e) {
            throw new IllegalStateException("the data folder " + data + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A file of 32 random bytes in base64, made when it is first asked for. */
    private Path kept(String name) {
        var file = data.resolve(name);
        if (!Files.exists(file)) {
            PrivateFiles.write(file, Base64.getEncoder().encodeToString(PrivateFiles.randomBytes(32)));
        }
        return file;
    }

    private FileLock lock() throws IOException {
        var file = data.resolve("lock");
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var held = channel.tryLock();
        if (held == null) {
            channel.close();
            throw new IllegalStateException(
                    "another Parley (process %s) uses the data folder %s. End it, or choose another folder by PARLEY_DATA and another port by PORT."
                            .formatted(Files.readString(data.resolve("process")).strip(), data));
        }
        // Beside the lock: where locks are mandatory, a locked file cannot be read.
        Files.writeString(data.resolve("process"), ProcessHandle.current().pid() + "\n");
        return held;
    }

    private static void wantFree(int port, String who, String variable) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "port %d for %s is taken by another program. Choose another by %s.".formatted(port, who, variable),
                    e);
        }
    }

    private static void configure(String name, String value) {
        System.setProperty(name, value);
    }

    private static int port(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return 8080;
        }
        try {
            var port = Integer.parseInt(text.strip());
            if (port >= 1 && port <= 65_533) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalStateException("PORT must be a number from 1 to 65533, and is " + text);
    }

    /** Where the list of erasures is, unless it is named: beside the database, whose folder alone is replaced. */
    static Path erasures(Path data, @Nullable String text) {
        return text == null || text.isBlank() ? data.resolve("erasures.log") : Path.of(text);
    }

    /** The data folder that is named, or {@code data}. */
    static Path data(@Nullable String text) {
        var folder = text == null || text.isBlank() ? Path.of("data") : Path.of(text);
        return folder.toAbsolutePath().normalize();
    }
}
