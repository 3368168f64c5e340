package dev.parley.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTest {
    @Test
    void lines_and_objects_when_scored_give_one_object_each(@TempDir Path folder) throws IOException {
        var file = folder.resolve("in.jsonl");
        Files.writeString(
                file,
                """
                {"id":"a","text":"You are a stupid idiot and a pathetic liar"}
                Thank you for this careful report about the bridge.

                {not JSON but a remark
                """);
        var out = new ByteArrayOutputStream();

        assertEquals(0, Score.run(new PrintStream(out, true, StandardCharsets.UTF_8), file.toString()));

        var lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(3, lines.size());
        var insult = new ObjectMapper().readTree(lines.getFirst());
        assertEquals("a", insult.get("id").asText());
        assertEquals("en", insult.get("language").asText());
        assertTrue(insult.get("scores").get("toxicity").asDouble() > 0.5);
        assertEquals("2", new ObjectMapper().readTree(lines.get(1)).get("id").asText());
    }

    @Test
    void a_missing_file_when_scored_ends_with_two(@TempDir Path folder) throws IOException {
        assertEquals(2, Score.run(System.out, folder.resolve("none").toString()));
    }
}
