package dev.parley.testing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hostile input as rows: the project's own from {@code src/test/resources/attacks}, and those of others where the
 * folder {@code ../shared/attacks} stands beside the checkout.
 */
public final class Attacks {

    /** One row; see the folder's README for its words. */
    public record Row(
            String id,
            @com.fasterxml.jackson.annotation.JsonProperty("class") String kind,
            String field,
            String payload,
            String expectation,
            String source,
            @Nullable String enc,
            @Nullable String contentType,
            boolean live) {

        @Override
        public String toString() {
            return id;
        }
    }

    private static final Path SHARED = Path.of("..", "shared", "attacks");

    private static final ObjectMapper MAPPER =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Attacks() {}

    /** All rows of a file such as {@code a-xss.jsonl} that can be had here, each once. */
    public static List<Row> rows(String file) {
        var rows = new ArrayList<Row>();
        try (var own = Attacks.class.getResourceAsStream("/attacks/" + file)) {
            if (own == null) {
                throw new IllegalStateException("No attacks/" + file + " in the test resources");
            }
            read(new String(own.readAllBytes(), StandardCharsets.UTF_8), rows);
            if (Files.exists(SHARED.resolve(file))) {
                var all = new ArrayList<Row>();
                read(Files.readString(SHARED.resolve(file)), all);
                all.stream().filter(row -> !row.source().equals("own")).forEach(rows::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(rows);
    }

    private static void read(String lines, List<Row> rows) throws IOException {
        for (var line : lines.split("\n")) {
            if (!line.isBlank()) {
                rows.add(MAPPER.readValue(line, Row.class));
            }
        }
    }
}
