package dev.parley.testing;

import dev.parley.standalone.EmbeddedDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program as a process of its own, always at the same address, so that it can be killed and started again.
 */
public final class PackagedParley implements AutoCloseable {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    /** After which a start is given up; no goal, and more on a machine that has much else to do. */
    private static final Duration START_LIMIT = Duration.ofSeconds(Integer.getInteger("parley.start.patience", 120));

    private final int port = freePort();
    private final int managementPort = freePort();
    private final Map<String, String> configuration;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile Process process;

    /**
     * @param configuration as environment variables, so that no password is among the arguments
     * @param log to which all starts append what they print
     */
    public PackagedParley(Map<String, String> configuration, Path log) {
        this.configuration = configuration;
        this.log = log;
    }

    /**
     * What production needs to start on a database: no mails, no sign-in server, and limits that let writers of one
     * address go on. Can be changed.
     *
     * @param folder where the master key is put
     */
    public static Map<String, String> settings(EmbeddedDatabase database, Path folder) throws IOException {
        var key = Files.writeString(folder.resolve("master.key"), Base64.getEncoder().encodeToString(new byte[32]));
        var settings = new HashMap<String, String>();
        settings.put("PARLEY_CONSOLE_SESSION_SECRET", "a-secret-of-the-test-that-opens-nothing");
        settings.put("PARLEY_DATABASE_URL", database.url());
        settings.put("PARLEY_DATABASE_APP_PASSWORD", database.passwords().app());
        settings.put("PARLEY_DATABASE_OWNER_PASSWORD", database.passwords().owner());
        settings.put("PARLEY_MASTER_KEY_FILE", key.toString());
        settings.put("PARLEY_MAIL_ENABLED", "false");
        settings.put("QUARKUS_OIDC_AUTH_SERVER_URL", "http://127.0.0.1:9/realms/parley");
        // All writers are one network, and each has one address.
        settings.put("PARLEY_INTAKE_SENDER_BURST", "1000000");
        settings.put("PARLEY_INTAKE_ADDRESS_BURST", "1000000");
        settings.put("PARLEY_INTAKE_SITE_PER_SECOND", "100000");
        settings.put("PARLEY_INTAKE_TENANT_PER_SECOND", "100000");
        return settings;
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Where health and metrics are. */
    public String management() {
        return "http://127.0.0.1:" + managementPort;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param properties system properties such as {@code -Dname=value}
     * @return how long that took
     */
    public Duration start(String... properties) throws IOException, InterruptedException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-Xmx512m", "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
        line.addAll(List.of(properties));
        line.addAll(List.of("-jar", JAR.toString()));
        var builder =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_") || name.startsWith("QUARKUS_"));
        builder.environment().putAll(configuration);
        builder.environment().put("PARLEY_PUBLIC_ORIGIN", address());
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        long began = System.nanoTime();
        process = builder.start();
        while (!isReady()) {
            var waited = Duration.ofNanos(System.nanoTime() - began);
            if (!process.isAlive() || waited.compareTo(START_LIMIT) > 0) {
                throw new IllegalStateException(
                        "Parley was not ready after " + waited + "; see " + log.toAbsolutePath());
            }
            Thread.sleep(50);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** What its metrics are now. */
    public Scrape metrics() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(management() + "/q/metrics")).build();
        return Scrape.of(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** Number of the process, of the start that is running. */
    public long pid() {
        return process.pid();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end, as a cluster or a service manager does; see {@link #awaitEnd}. */
    public void terminate() {
        process.destroy();
    }

    /** Waits until it ended by itself, and says with which code. */
    public int awaitEnd(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("Parley did not end within " + limit);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        http.close();
    }

    private boolean isReady() throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(management() + "/q/health/ready"))
                            .timeout(Duration.ofSeconds(2))
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
