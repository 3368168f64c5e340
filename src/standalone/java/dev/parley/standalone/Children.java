package dev.parley.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The processes that a run starts, written down, so that the next run can end those whose parent was killed.
 *
 * <p>A process is known by number and start time: the number alone goes to another program sooner or later.
 */
final class Children {

    /** The system tells a start time to about a second, and not always the same way. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(3);

    private final Path folder;

    Children(Path cache) {
        this.folder = cache.resolve("running");
    }

    void record(ProcessHandle child) {
        try {
            PrivateFiles.folder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PrivateFiles.write(file(child), line(child) + "\n" + line(ProcessHandle.current()) + "\n");
    }

    void forget(ProcessHandle child) {
        try {
            Files.deleteIfExists(file(child));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends every recorded process whose parent lives no more. */
    void endOrphans() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.list(folder)) {
            for (var file : files.filter(name -> name.toString().endsWith(".process")).toList()) {
                var lines = Files.readAllLines(file);
                if (lines.size() < 2 || alive(lines.get(1)).isPresent()) {
                    continue;
                }
                alive(lines.get(0)).ifPresent(orphan -> end(orphan, Duration.ofSeconds(15)));
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + folder, e);
        }
    }

    /** Asks the process to end, waits, and ends it by force when it does not. */
    static void end(ProcessHandle process, Duration limit) {
        process.destroy();
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private Path file(ProcessHandle child) {
        return folder.resolve(child.pid() + ".process");
    }

    private static String line(ProcessHandle process) {
        return process.pid() + " " + process.info().startInstant().orElse(Instant.EPOCH);
    }

    private static Optional<ProcessHandle> alive(String line) {
        var separator = line.indexOf(' ');
        var started = Instant.parse(line.substring(separator + 1));
        return ProcessHandle.of(Long.parseLong(line.substring(0, separator)))
                .filter(process ->
                        process.info()
                                .startInstant()
                                .map(start -> Duration.between(start, started).abs())
                                .filter(difference -> difference.compareTo(START_TOLERANCE) < 0)
                                .isPresent());
    }
}
