package dev.parley.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.privacy.ErasureLog.Kind;
import dev.parley.privacy.ErasureLog.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of erasures as a file: what was written whole is read again, what is not understood stops a start. */
class ErasureLogTest {

    private static final Instant NOW = Instant.parse("2026-11-26T09:30:00.123456Z");

    @TempDir Path folder;

    @Test
    void what_is_added_is_read_again_also_behind_what_a_crash_cut_off() throws IOException {
        var file = folder.resolve("erasures.log");
        var log = log(file, null);
        assertThat(log.read()).isEmpty();

        log.add(Kind.COMMENTER, "gazette", "one");
        Files.writeString(file, "\n2026-11-26T09:30:00Z gazette COMMEN", StandardOpenOption.APPEND);
        log.add(Kind.TENANT, "herald", "herald");

        assertThat(log(file, null).read())
                .containsExactly(
                        new Line(NOW, "gazette", Kind.COMMENTER, "one"),
                        new Line(NOW, "herald", Kind.TENANT, "herald"));
    }

    @Test
    void a_list_to_repeat_is_read_and_not_written_and_has_to_be_there() throws IOException {
        var list = Files.writeString(folder.resolve("list"), "2026-11-26T09:30:00.123456Z gazette ADDRESS two .\n");
        var file = folder.resolve("erasures.log");
        var log = log(file, list);

        log.add(Kind.COMMENTER, "gazette", "one");

        assertThat(log.read()).extracting(Line::subject).containsExactly("one", "two");
        assertThat(Files.readString(list)).doesNotContain("one");
        assertThatThrownBy(() -> log(file, folder.resolve("none")).read()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_whole_line_that_says_nothing_known_is_told_by_its_number() throws IOException {
        for (var wrong :
                new String[] {
                    "2026-11-26 gazette ADDRESS two .",
                    "2026-11-26T09:30:00Z gazette NOBODY two .",
                    "2026-11-26T09:30:00Z gazette ADDRESS ."
                }) {
            var list = Files.writeString(folder.resolve("list"), "\n" + wrong + "\n");
            assertThatThrownBy(() -> log(folder.resolve("none"), list).read())
                    .as(wrong)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Line 2 ");
        }
    }

    @Test
    void who_can_not_be_noted_is_not_erased() {
        assertThatThrownBy(() -> log(folder.resolve("no/such/folder"), null).add(Kind.ADDRESS, "gazette", "one"))
                .isInstanceOf(UncheckedIOException.class);
    }

    private static ErasureLog log(Path file, Path repeat) {
        var config =
                new ErasureConfig() {
                    @Override
                    public Optional<String> log() {
                        return Optional.of(file.toString());
                    }

                    @Override
                    public Optional<String> repeat() {
                        return Optional.ofNullable(repeat).map(Path::toString);
                    }
                };
        return new ErasureLog(config, Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
