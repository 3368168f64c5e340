package dev.parley.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.audit.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The console has words for whatever can stand in the trail. */
class TrailWordsTest {

    private static final Path WORDS = Path.of("src/main/resources/web/console/lib/trail.js");

    @ParameterizedTest
    @EnumSource
    void each_action_has_its_words(Action action) throws IOException {
        assertThat(Files.readString(WORDS)).containsPattern("\n  " + action + ": '[a-z]");
    }
}
