package dev.parley.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.Issuer;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** A packaged Parley as it runs in its image, as a process of its own. */
final class App implements AutoCloseable {

    /** As the image starts it, but for its cache; its limit of the heap is a share of a pod's memory, and said here. */
    static final List<String> OPTIONS = options();

    private static final String ENTRYPOINT = "ENTRYPOINT ";
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration END_LIMIT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;
    private final int managementPort;
    private final Duration tookToStart;

    /**
     * Starts it and waits until it is ready.
     *
     * @param unpacked the folder of its {@code quarkus-run.jar}
     * @param options of the JVM beside {@link #OPTIONS}
     */
    App(Path unpacked, EmbeddedDatabase database, Issuer issuer, Path folder, String... options)
            throws IOException, InterruptedException {
        port = References.freePort();
        managementPort = References.freePort();
        var line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.addAll(OPTIONS);
        line.addAll(List.of(options));
        // The AOT cache knows its jars by their paths.
        line.addAll(List.of("-jar", unpacked.resolve("quarkus-run.jar").toAbsolutePath().toString()));
        var builder =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("parley.log").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_") || name.startsWith("QUARKUS_"));
        builder.environment().putAll(configuration(database, issuer, folder));
        long began = System.nanoTime();
        process = builder.start();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() - began > START_LIMIT.toNanos()) {
                throw new IllegalStateException("Parley was not ready; see " + folder.resolve("parley.log"));
            }
            Thread.sleep(20);
        }
        tookToStart = Duration.ofNanos(System.nanoTime() - began);
    }

    private static List<String> options() {
        try (var lines = Files.lines(Path.of("Dockerfile"))) {
            var start = lines.filter(line -> line.startsWith(ENTRYPOINT)).findFirst().orElseThrow();
            var words = List.of(new ObjectMapper().readValue(start.substring(ENTRYPOINT.length()), String[].class));
            var options = new ArrayList<>(words.subList(1, words.indexOf("-jar")));
            options.removeIf(option -> option.matches("-XX:(AOTCache|MaxRAMPercentage)=.*"));
            options.add("-Xmx" + System.getProperty("parley.load.heap", "512m"));
            return List.copyOf(options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the start of the process to the first answer that it is ready. */
    Duration tookToStart() {
        return tookToStart;
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    long pid() {
        return process.pid();
    }

    private Map<String, String> configuration(EmbeddedDatabase database, Issuer issuer, Path folder)
            throws IOException {
        var key = folder.resolve("master.key");
        if (!Files.exists(key)) {
            Files.writeString(key, Base64.getEncoder().encodeToString(new byte[32]));
        }
        var settings = new HashMap<String, String>();
        settings.put("PARLEY_DATABASE_URL", database.url());
        settings.put("PARLEY_DATABASE_APP_PASSWORD", database.passwords().app());
        settings.put("PARLEY_DATABASE_OWNER_PASSWORD", database.passwords().owner());
        settings.put("PARLEY_MASTER_KEY_FILE", key.toString());
        settings.put("PARLEY_CONSOLE_SESSION_SECRET", "a secret of the load that opens nothing");
        settings.put("PARLEY_PUBLIC_ORIGIN", address());
        settings.put("PARLEY_MAIL_ENABLED", "false");
        settings.put("QUARKUS_OIDC_AUTH_SERVER_URL", issuer.url());
        settings.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        settings.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        settings.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        settings.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        // All readers are one network here. The limits are looked at as ever, and let everything pass.
        for (var limit : List.of("SENDER_BURST", "ADDRESS_BURST", "SITE_PER_SECOND", "TENANT_PER_SECOND")) {
            settings.put("PARLEY_INTAKE_" + limit, "10000000");
        }
        return settings;
    }

    private boolean isReady() throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready"))
                            .timeout(Duration.ofSeconds(2))
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_LIMIT)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
