package dev.parley.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTest {
    private static final String INPUT =
            """
            {"id":"a","text":"You are a stupid idiot and a pathetic liar"}
            Thank you for this careful report about the bridge.

            {not JSON but cut off
            {"id":"no text"}
            {"id":7,"text":"Danke für den ausführlichen Bericht über die neue Brücke"}
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(InputStream in, String... args) {
        return Score.run(
                in,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
    }

    private List<JsonNode> written() throws IOException {
        var nodes = new ArrayList<JsonNode>();
        for (var line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            nodes.add(new ObjectMapper().readTree(line));
        }
        return nodes;
    }

    @Test
    void lines_and_objects_when_scored_give_one_object_each_and_bad_ones_are_named(@TempDir Path folder)
            throws IOException {
        var file = folder.resolve("in.jsonl");
        Files.writeString(file, INPUT);

        int code = run(InputStream.nullInputStream(), file.toString());

        assertThat(code).isEqualTo(1);
        assertThat(written()).extracting(node -> node.get("id").asText()).containsExactly("a", "2", "7");
        var insult = written().getFirst();
        assertThat(insult.fieldNames()).toIterable().containsExactly("id", "language", "scored", "scores");
        assertThat(insult.get("language").asText()).isEqualTo("en");
        assertThat(insult.get("scores").get("toxicity").asDouble()).isGreaterThan(0.5);
        assertThat(written().get(1).get("scores").get("toxicity").asDouble()).isLessThan(0.2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("in.jsonl:4 is not JSON", "in.jsonl:5 has no text");
    }

    @Test
    void plain_lines_when_they_begin_with_a_brace_are_texts() throws IOException {
        var in = new ByteArrayInputStream(INPUT.getBytes(StandardCharsets.UTF_8));

        assertThat(run(in, "--plain", "--language", "en")).isZero();
        assertThat(written()).extracting(node -> node.get("id").asText()).containsExactly("1", "2", "4", "5", "6");
    }

    @Test
    void many_packed_lines_when_scored_on_all_processors_keep_their_order(@TempDir Path folder) throws IOException {
        var file = folder.resolve("many.jsonl.gz");
        int n = 10_000;
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < n; i++) {
                gzip.write(
                        ("{\"id\":\"%d\",\"text\":\"remark %d\"}\n".formatted(i, i % 7))
                                .getBytes(StandardCharsets.UTF_8));
            }
        }

        assertThat(run(InputStream.nullInputStream(), file.toString())).isZero();
        assertThat(written())
                .extracting(node -> node.get("id").asText())
                .isEqualTo(IntStream.range(0, n).mapToObj(Integer::toString).toList());
    }

    @Test
    void a_packed_file_when_it_is_cut_off_ends_with_one_after_what_could_be_read(@TempDir Path folder)
            throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write("Thank you for the report.\n".getBytes(StandardCharsets.UTF_8));
        }
        var file = folder.resolve("cut.gz");
        Files.write(file, Arrays.copyOf(packed.toByteArray(), packed.size() - 10));

        assertThat(run(InputStream.nullInputStream(), file.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Stopped: ");
    }

    @Test
    void a_missing_file_or_an_unknown_option_when_given_ends_with_two(@TempDir Path folder) throws IOException {
        assertThat(run(InputStream.nullInputStream(), folder.resolve("none").toString())).isEqualTo(2);
        assertThat(run(InputStream.nullInputStream(), "--langauge", "en")).isEqualTo(2);
        assertThat(run(InputStream.nullInputStream(), "--language")).isEqualTo(2);
        assertThat(out.size()).isZero();
    }
}
