package dev.parley.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShippedModelsTest {
    private static final Path MODELS = Path.of("src/main/resources/models");
    private static final long MOST_BYTES = 12_000_000;

    static List<Path> models() throws IOException {
        try (Stream<Path> files = Files.walk(MODELS)) {
            return files.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
        }
    }

    @Test
    void every_model_when_read_is_the_one_in_the_list_and_all_are_small_enough() throws IOException {
        var list = new Properties();
        try (var in = Files.newInputStream(MODELS.resolve("models.properties"))) {
            list.load(in);
        }
        long bytes = 0;
        for (var file : models()) {
            var name = MODELS.relativize(file).toString().replace(".bin", "");
            assertEquals(list.getProperty(name + ".sha256"), ModelFile.sha256(Files.readAllBytes(file)), name);
            assertEquals(list.getProperty(name + ".version"), ModelFile.read(Files.readAllBytes(file)).version(), name);
            bytes += Files.size(file);
        }
        assertEquals(
                models().size(), list.stringPropertyNames().stream().filter(key -> key.endsWith(".sha256")).count());
        assertTrue(bytes < MOST_BYTES);
    }
}
