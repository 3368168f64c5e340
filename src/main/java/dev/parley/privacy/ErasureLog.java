package dev.parley.privacy;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who was erased, in a file beside the database ({@link ErasureConfig#log}), so that a backup from before can be
 * restored without bringing anybody back. It holds times and random ids, nothing of a person. Without the setting
 * nothing is written, and nothing read.
 *
 * <p>A line is {@code 2026-11-26T09:30:00.123456Z gazette COMMENTER 0f6c… .}: time, tenant, kind, id, and a full stop
 * by which a line that was cut off by a crash is known.
 */
@ApplicationScoped
public class ErasureLog {

    private static final int WORDS = 5;
    private static final String END = ".";

    private final Optional<Path> file;
    private final Optional<Path> repeat;
    private final Clock clock;

    ErasureLog(ErasureConfig config, Clock clock) {
        this.file = config.log().map(Path::of);
        this.repeat = config.repeat().map(Path::of);
        this.clock = clock;
    }

    /** What was erased. */
    public enum Kind {
        /** Somebody with all that they wrote; the subject is the commenter. */
        COMMENTER,
        /** The address of somebody; the subject is the commenter. */
        ADDRESS,
        /** The keys of a tenant, by closing it; the subject is the tenant. */
        TENANT
    }

    /**
     * An erasure.
     *
     * @param at not after the entry in the audit trail that notes it
     * @param subject a commenter's id, or the tenant's
     */
    public record Line(Instant at, String tenant, Kind kind, String subject) {}

    /**
     * Adds an erasure, and returns when it is on the disk. Called inside the transaction that erases, and before its
     * entry in the trail: an erasure that is committed is never missing here. One that is rolled back stands here all
     * the same; somebody asked for it.
     *
     * @throws UncheckedIOException if it can't be written; then nobody is erased
     */
    void add(Kind kind, String tenant, String subject) {
        if (file.isEmpty()) {
            return;
        }
        var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // Begins a line of its own, whatever a crash left before it.
        var line = "\n" + String.join(" ", at.toString(), tenant, kind.name(), subject, END) + "\n";
        try (var channel =
                FileChannel.open(
                        file.get(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            var bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("The list of erasures could not be written", e);
        }
    }

    /** Notes that somebody is erased with all that they wrote; see {@link Kind#COMMENTER}. */
    public void addCommenter(String tenant, String commenter) {
        add(Kind.COMMENTER, tenant, commenter);
    }

    /**
     * All erasures of both lists, each oldest first; none without the settings, or while there is no log yet.
     *
     * @throws IllegalStateException if a whole line can't be understood, and names its number; or if the list that is
     *     to be repeated is not there
     */
    public List<Line> read() {
        var lines = new ArrayList<Line>();
        file.filter(Files::exists).ifPresent(log -> read(log, lines));
        repeat.ifPresent(list -> read(list, lines));
        return lines;
    }

    private static void read(Path file, List<Line> lines) {
        try (var reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            int number = 0;
            for (var text = reader.readLine(); text != null; text = reader.readLine()) {
                number++;
                // What a crash cut off was never committed.
                if (text.endsWith(" " + END)) {
                    lines.add(line(file, text, number));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("The list of erasures can't be read: " + file, e);
        }
    }

    private static Line line(Path file, String text, int number) {
        var words = text.split(" ", -1);
        try {
            if (words.length == WORDS) {
                return new Line(Instant.parse(words[0]), words[1], Kind.valueOf(words[2]), words[3]);
            }
        } catch (DateTimeParseException | IllegalArgumentException e) {
            // told below
        }
        throw new IllegalStateException("Line %d of the list of erasures is no erasure: %s".formatted(number, file));
    }
}
