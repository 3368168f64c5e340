package dev.parley.testing;

import dev.parley.standalone.Cache;
import dev.parley.standalone.KeycloakServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * One real Keycloak for all tests of this JVM, with the realm of production and the demo users.
 *
 * <p>It is started by the first test that needs it and ends with the JVM. Quarkus loads this class anew for each
 * profile, so where it runs is kept where all of them look: in the system's properties.
 */
public final class KeycloakResource implements QuarkusTestResourceLifecycleManager {

    private static final String SHARED = "parley.test.keycloak";

    /** The same in every run: the imported realm is kept for the next, and this server is nobody else's. */
    private static final String SECRET = "of-the-tests-and-of-nothing-else";

    /** Where the server runs, its issuer, and the secret of the client that makes accounts; a line each. */
    private static String known(int line) {
        var known = (String) System.getProperties().computeIfAbsent(SHARED, _ -> begin());
        return known.lines().skip(line).findFirst().orElseThrow();
    }

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
        return System.getenv("PARLEY_TEST_REALM") == null
                ? Map.of(
                        "quarkus.oidc.auth-server-url",
                        issuer(),
                        "parley.keycloak.admin-url",
                        known(0),
                        "parley.keycloak.client-secret",
                        secret())
                : Map.of("quarkus.oidc.auth-server-url", issuer());
    }

    /** Of the shared server, or of one that runs already: the environment may name its realm, which saves a minute. */
    public static String issuer() {
        var running = System.getenv("PARLEY_TEST_REALM");
        return running == null ? known(1) : running;
    }

    /** Secret of the client that makes accounts. */
    public static String secret() {
        return known(2);
    }

    private static String begin() {
        try {
            // Under target/, where its log can be read after the tests.
            var run = Files.createDirectories(Path.of("target", "keycloak"));
            var log = run.resolve("keycloak-" + ProcessHandle.current().pid() + ".log");
            var home = run.resolve("run-" + ProcessHandle.current().pid());
            var server =
                    KeycloakServer.start(
                            Cache.folder(), home, log, freePort(), ConsoleVisitor.ORIGIN, SECRET, System.out::println);
            return String.join("\n", server.url(), server.issuer(), SECRET);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
