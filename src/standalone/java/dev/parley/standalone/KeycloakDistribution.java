package dev.parley.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Keycloak as it comes from its Maven distribution, unpacked and built once into the cache, and a database with the
 * imported realm, made once per realm file: with both, a start takes a third of the time.
 *
 * <p>Both appear by an atomic rename under a file lock, so that runs and tests on one cache do not disturb each other.
 */
final class KeycloakDistribution {

    static final String VERSION = "26.7.3";

    private static final List<String> BUILD_OPTIONS =
            List.of(
                    "--db=dev-file",
                    "--health-enabled=false",
                    "--metrics-enabled=false",
                    // What Parley does not use, and what takes time at every start.
                    "--features-disabled=account,admin-fine-grained-authz,authorization,ciba,device-flow,impersonation,"
                            + "kerberos,kubernetes-service-accounts,par,persistent-user-sessions,twitter-broker,workflows");

    private static final Duration ZIP_LIMIT = Duration.ofMinutes(2);

    private final Path cache;
    private final Path home;

    KeycloakDistribution(Path cache) {
        this.cache = cache;
        this.home = cache.resolve("keycloak-" + VERSION);
    }

    /** The unpacked and built distribution; unpacks and builds it if that has not been done. */
    static KeycloakDistribution in(Path cache, Consumer<String> progress) {
        var distribution = new KeycloakDistribution(cache);
        distribution.locked(() -> {
            if (!distribution.isReady()) {
                distribution.unpackAndBuild(progress);
            }
        });
        return distribution;
    }

    /** Whether a start needs neither the archive nor the build. */
    boolean isReady() {
        try {
            var built = home.resolve("parley-built");
            return Files.exists(built) && Files.readString(built).equals(String.join("\n", BUILD_OPTIONS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the archive is, if it is: put into the cache by the launcher, or in the local Maven repository. */
    static Optional<Path> archive(Path cache) {
        var named = System.getProperty("parley.keycloak.zip");
        var candidates = new ArrayList<Path>();
        if (named != null && !named.isBlank()) {
            candidates.add(Path.of(named));
        }
        candidates.add(cache.resolve("keycloak-quarkus-dist-" + VERSION + ".zip"));
        candidates.add(
                Path.of(
                        System.getProperty("user.home"),
                        ".m2/repository/org/keycloak/keycloak-quarkus-dist",
                        VERSION,
                        "keycloak-quarkus-dist-" + VERSION + ".zip"));
        return candidates.stream().filter(Files::exists).findFirst();
    }

    /**
     * Makes a folder to run in, which holds the database with the realm imported; what was in it is gone.
     *
     * @return the password of the administrator {@code admin} of the master realm
     */
    String prepareRun(Path run, String realm, Consumer<String> progress) {
        var template = cache.resolve("keycloak-realms").resolve(VERSION + "-" + digest(realm));
        locked(() -> {
            if (!Files.exists(template)) {
                progress.accept("Keycloak imports the realm, once");
                importRealm(realm, template);
            }
        });
        try {
            delete(run);
            layOut(run);
            Files.createDirectories(run.resolve("data/h2"));
            Files.copy(template.resolve("keycloakdb.mv.db"), run.resolve("data/h2/keycloakdb.mv.db"));
            return Files.readString(template.resolve("admin-password"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot prepare " + run, e);
        }
    }

    /** The command that runs Keycloak in a folder of {@link #prepareRun}. */
    ProcessBuilder command(Path run, Path log, List<String> arguments) {
        return command(home, run, log, arguments);
    }

    /** By this JVM's own Java and without kc.sh, so that the process is Keycloak itself and is ended by its handle. */
    private static ProcessBuilder command(Path home, Path run, Path log, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xms64m",
                        "-Xmx384m",
                        "-XX:MetaspaceSize=96m",
                        "-XX:+UseSerialGC",
                        // It lives for minutes and answers a few people: the second compiler costs more than it brings.
                        "-XX:TieredStopAtLevel=1",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                        "--add-opens=java.base/java.security=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dfile.encoding=UTF-8",
                        "-Duser.language=en",
                        "-Duser.country=US",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Dpicocli.disable.closures=true",
                        "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                                + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                        "-Djava.io.tmpdir=" + run.resolve("data/tmp"),
                        "-Dkc.home.dir=" + run,
                        "-Djboss.server.config.dir=" + run.resolve("conf"),
                        "-cp",
                        home.resolve("lib/quarkus-run.jar").toString(),
                        "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Nothing of the caller's may change what is tested: neither KC_ settings nor options for our own JVM.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("KC_") || name.startsWith("QUARKUS_") || name.startsWith("JAVA_"));
        return builder;
    }

    private void unpackAndBuild(Consumer<String> progress) {
        try {
            delete(home);
            var fresh = Files.createTempDirectory(cache, "keycloak-new-");
            try {
                progress.accept("Keycloak is being unpacked, once");
                var archive = waitForArchive();
                unpack(archive, fresh);
                if (archive.startsWith(cache)) {
                    Files.delete(archive); // the local Maven repository's own file stays
                }
                progress.accept("Keycloak is being built, once");
                Files.createDirectories(fresh.resolve("data/tmp"));
                var arguments = new ArrayList<>(List.of("build"));
                arguments.addAll(BUILD_OPTIONS);
                run(command(fresh, fresh, cache.resolve("keycloak-build.log"), arguments), "keycloak-build.log");
                delete(fresh.resolve("data"));
                Files.writeString(fresh.resolve("parley-built"), String.join("\n", BUILD_OPTIONS));
                Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(fresh);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack Keycloak into " + cache, e);
        }
    }

    private void importRealm(String realm, Path template) {
        try {
            var run = Files.createTempDirectory(cache, "keycloak-import-");
            var log = cache.resolve("keycloak-import.log");
            try {
                layOut(run);
                var folder = Files.createDirectories(run.resolve("data/import"));
                Files.writeString(folder.resolve("parley-realm.json"), realm);
                var password = PrivateFiles.randomText(18);
                var command = command(run, log, List.of("import", "--optimized", "--dir=" + folder, "--cache=local"));
                command.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
                command.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", password);
                run(command, "keycloak-import.log");

                var fresh = Files.createTempDirectory(cache, "keycloak-realm-");
                Files.copy(run.resolve("data/h2/keycloakdb.mv.db"), fresh.resolve("keycloakdb.mv.db"));
                PrivateFiles.write(fresh.resolve("admin-password"), password);
                PrivateFiles.folder(Objects.requireNonNull(template.getParent()));
                Files.move(fresh, template, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(run);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot import the realm into Keycloak", e);
        }
    }

    /** A folder that Keycloak takes for its home, with data of its own and everything else from the distribution. */
    private void layOut(Path run) throws IOException {
        PrivateFiles.folder(run);
        for (var shared : List.of("lib", "conf", "providers", "themes", "version.txt")) {
            Files.createSymbolicLink(run.resolve(shared), home.resolve(shared));
        }
        Files.createDirectories(run.resolve("data/tmp"));
    }

    private void run(ProcessBuilder command, String logName) {
        try {
            var process = command.start();
            var children = new Children(cache);
            children.record(process.toHandle());
            try {
                var status = process.waitFor();
                if (status != 0) {
                    throw new IllegalStateException(
                            "Keycloak ended with status %d; what it said is in %s"
                                    .formatted(status, cache.resolve(logName)));
                }
            } finally {
                children.forget(process.toHandle());
                process.destroy();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start Java for Keycloak", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Keycloak was prepared", e);
        }
    }

    /** The launcher brings the archive while the application starts already, so it may not be whole yet. */
    private Path waitForArchive() {
        var limit = Instant.now().plus(ZIP_LIMIT);
        while (true) {
            var archive = archive(cache);
            if (archive.isPresent() && isWhole(archive.get())) {
                return archive.get();
            }
            if ((archive.isEmpty() && !Boolean.getBoolean("parley.keycloak.fetching"))
                    || Instant.now().isAfter(limit)) {
                throw new IllegalStateException(
                        """
                        Keycloak's archive is missing. Maven brings it:
                          mvn dependency:copy -Dartifact=org.keycloak:keycloak-quarkus-dist:%s:zip -DoutputDirectory=%s\
                        """
                                .formatted(VERSION, cache));
            }
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for Keycloak's archive", e);
            }
        }
    }

    /** The directory of a ZIP file stands at its end. */
    private static boolean isWhole(Path archive) {
        try (var zip = new ZipFile(archive.toFile())) {
            return zip.size() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void unpack(Path archive, Path target) throws IOException {
        try (var zip = new ZipFile(archive.toFile())) {
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                var name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                var file = target.resolve(name).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("The archive leads out of its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    try (var stream = zip.getInputStream(entry)) {
                        Files.copy(stream, file);
                    }
                }
            }
        }
    }

    /** One process at a time, and one thread at a time within it: a file lock knows only processes. */
    private void locked(Runnable work) {
        synchronized (KeycloakDistribution.class) {
            try (var channel =
                            FileChannel.open(
                                    cache.resolve("keycloak.lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                Objects.requireNonNull(lock);
                work.run();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot lock " + cache, e);
            }
        }
    }

    private static String digest(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deletes a folder and what is in it, and follows no link. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                            throws IOException {
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
