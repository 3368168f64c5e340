package dev.parley.scoring;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.parley.text.NormaliserFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The inputs that fuzzing begins with, and those it once found; how to look for more: docs/testing.md. */
class FuzzInputsTest {
    private static List<Path> inputs(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz").resolve(folder))) {
            return files.sorted().toList();
        }
    }

    static List<Path> ofNormaliser() throws IOException {
        return inputs("normaliser");
    }

    static List<Path> ofScorers() throws IOException {
        return inputs("scorers");
    }

    @ParameterizedTest
    @MethodSource("ofNormaliser")
    void an_input_when_normalised_keeps_every_promise(Path input) throws IOException {
        var bytes = Files.readAllBytes(input);

        assertDoesNotThrow(() -> NormaliserFuzz.fuzzerTestOneInput(bytes));
    }

    @ParameterizedTest
    @MethodSource({"ofNormaliser", "ofScorers"})
    void an_input_when_scored_keeps_every_promise(Path input) throws IOException {
        var bytes = Files.readAllBytes(input);

        assertDoesNotThrow(() -> ScorersFuzz.fuzzerTestOneInput(bytes));
    }
}
