package dev.parley.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
    @Test
    void a_search_tries_every_setting_and_puts_the_best_first(@TempDir Path data) throws IOException {
        var lines =
                IntStream.range(0, 240)
                        .mapToObj(i ->
                                "{\"id\":\"%d\",\"src\":\"%s\",\"lang\":\"ru\",\"text\":\"%s %d\",\"toxic\":%d}"
                                        .formatted(
                                                i,
                                                i % 3 == 0 ? "forum" : "vk",
                                                i % 2 == 0 ? "ты дурак и лжец" : "спасибо за статью",
                                                i % 7,
                                                i % 2))
                        .toList();
        Files.write(data.resolve("toxicity.ru.train.jsonl"), lines);
        var recipe = Recipe.named(java.util.List.of("ru/toxicity")).getFirst();
        Files.writeString(data.resolve("toxicity.ru.dev.jsonl.gz"), "");
        zip(data.resolve("toxicity.ru.train.jsonl"), data.resolve("toxicity.ru.train.jsonl.gz"));

        var out = new ByteArrayOutputStream();
        assertEquals(
                0,
                Search.run(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        "--data",
                        data.toString(),
                        "--folds",
                        "2",
                        recipe.name()));
        var rows = out.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("| 1.0000")).toList();
        int settings = Search.grid(recipe.settings(240)).size();
        assertEquals(settings, rows.size(), out.toString(StandardCharsets.UTF_8));
        assertEquals(settings, new HashSet<>(rows).size());
        assertTrue(rows.getFirst().startsWith("| 1.0000 | 1.0000 |"), rows.getFirst());
    }

    @Test
    void a_search_without_data_or_for_no_known_model_ends_with_two(@TempDir Path empty) throws IOException {
        var out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        assertEquals(2, Search.run(out, "--data", empty.toString(), "ru/toxicity"));
        assertEquals(2, Search.run(out, "--data", empty.toString(), "no-such-model"));
        assertEquals(2, Search.run(out));
    }

    private static void zip(Path from, Path to) throws IOException {
        try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(to))) {
            Files.copy(from, out);
        }
    }
}
