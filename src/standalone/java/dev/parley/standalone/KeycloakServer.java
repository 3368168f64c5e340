package dev.parley.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * A real Keycloak of this process, with the demo realm, on 127.0.0.1.
 *
 * <p>The issuer of its tokens is {@code http://localhost:<port>/realms/parley}, by whichever name it was called. It
 * ends with {@link #close}, with this JVM, or, when this JVM was killed, at the next start.
 */
public final class KeycloakServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final Process process;
    private final int port;
    private final Children children;
    private final Thread hook = new Thread(this::end, "keycloak-end");

    private KeycloakServer(Process process, int port, Children children) {
        this.process = process;
        this.port = port;
        this.children = children;
    }

    /**
     * Starts Keycloak and returns when it answers. The first time ever this takes about a minute.
     *
     * @param run a folder of this run alone; what was in it is gone
     * @param log file that Keycloak's output is appended to
     * @param origin where Parley is, for the redirects of its console
     * @param invitations secret of the client that makes accounts
     * @param progress is told what takes long
     * @throws IllegalStateException if the archive is missing or Keycloak does not start; the message says where to
     *     look
     */
    public static KeycloakServer start(
            Path cache, Path run, Path log, int port, String origin, String invitations, Consumer<String> progress) {
        var children = new Children(cache);
        children.endOrphans();
        var distribution = KeycloakDistribution.in(cache, progress);
        var home = run.toAbsolutePath();
        distribution.prepareRun(home, DemoRealm.json(origin, invitations), progress);
        var server = new KeycloakServer(launch(distribution, home, log, port), port, children);
        children.record(server.process.toHandle());
        Runtime.getRuntime().addShutdownHook(server.hook);
        try {
            server.awaitReady(log);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** Whether a start needs nothing fetched or built. */
    public static boolean isPrepared(Path cache) {
        return new KeycloakDistribution(cache).isReady();
    }

    /** What a start is told, apart from where its files are. */
    private static Process launch(KeycloakDistribution distribution, Path run, Path log, int port) {
        var arguments =
                List.of(
                        "start",
                        "--optimized",
                        "--http-enabled=true",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--hostname=http://localhost:" + port,
                        "--hostname-strict=false",
                        "--cache=local");
        try {
            return distribution.command(run, log, arguments).start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start Java for Keycloak", e);
        }
    }

    public String url() {
        return "http://localhost:" + port;
    }

    /** The realm's address, which is also the issuer of its tokens. */
    public String issuer() {
        return issuer(port);
    }

    public static String issuer(int port) {
        return "http://localhost:" + port + "/realms/parley";
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the JVM is ending and the hook is at work
        }
        end();
    }

    private void end() {
        if (process.isAlive()) {
            Children.end(process.toHandle(), STOP_LIMIT);
        }
        children.forget(process.toHandle());
    }

    private void awaitReady(Path log) {
        var discovery = URI.create("http://127.0.0.1:" + port + "/realms/parley/.well-known/openid-configuration");
        var request = HttpRequest.newBuilder(discovery).timeout(Duration.ofSeconds(10)).build();
        var limit = Instant.now().plus(START_LIMIT);
        try (var http = HttpClient.newHttpClient()) {
            while (true) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("Keycloak did not start: " + lastLines(log));
                }
                if (answers(http, request)) {
                    return;
                }
                if (Instant.now().isAfter(limit)) {
                    throw new IllegalStateException("Keycloak did not answer within " + START_LIMIT + ": " + log);
                }
                Thread.sleep(200);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Keycloak was starting", e);
        }
    }

    private static boolean answers(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static String lastLines(Path log) {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size())) + "\n(" + log + ")";
        } catch (IOException e) {
            return log.toString();
        }
    }
}
