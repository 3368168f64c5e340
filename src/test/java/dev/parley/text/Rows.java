package dev.parley.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Rows of hostile input, one JSON object a line. */
public final class Rows {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One input and what must become of it. */
    public record Row(String id, String field, String payload, String expectation, String note) {
        @Override
        public String toString() {
            return id;
        }
    }

    private Rows() {}

    public static List<Row> in(String resource) {
        var stream = Objects.requireNonNull(Rows.class.getResourceAsStream(resource), resource);
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return lines.lines().map(Rows::row).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return new Row(
                    node.path("id").asText(),
                    node.path("field").asText(),
                    node.path("payload").asText(),
                    node.path("expectation").asText(),
                    node.path("note").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
