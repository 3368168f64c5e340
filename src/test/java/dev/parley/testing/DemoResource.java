package dev.parley.testing;

import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * The application as a standalone run shows it: demonstration data on a database of its own, the newspaper at {@code
 * localhost} and the frames at {@code 127.0.0.1}, no rate limits for loopback.
 */
public final class DemoResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        Map<String, String> properties = new HashMap<>();
        properties.put("parley.database.url", Shared.DATABASE.url());
        properties.put("parley.database.app-password", Shared.DATABASE.passwords().app());
        properties.put("parley.database.owner-password", Shared.DATABASE.passwords().owner());
        properties.put("parley.master-key", Shared.MASTER_KEY);
        properties.put("parley.standalone", "true");
        properties.put("parley.live.lifetime", "10M");
        properties.put("parley.loopback-unlimited", "true");
        properties.put("parley.intake.sender-burst", "10"); // as in a first start: what is seeded has to keep to it
        properties.put("parley.public-origin", "http://127.0.0.1:" + Shared.PORT);
        properties.put("quarkus.http.test-port", Integer.toString(Shared.PORT));
        properties.put("quarkus.http.host", "127.0.0.1");
        return properties;
    }

    @Override
    public void stop() {
        // Shared by all tests of this JVM.
    }

    /** Started when first asked for. */
    private static final class Shared {
        static final String MASTER_KEY =
                Base64.getEncoder()
                        .encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        static final int PORT = freePort();
        static final Path FOLDER = folder();
        static final EmbeddedDatabase DATABASE =
                EmbeddedDatabase.start(
                        FOLDER.resolve("pg"), 0, DatabasePasswords.random(), Durability.FORGETFUL, Map.of());

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(Shared::end, "demo-postgres-end"));
        }

        private static int freePort() {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Path folder() {
            try {
                return Files.createTempDirectory("parley-demo-");
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
