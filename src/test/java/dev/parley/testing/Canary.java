package dev.parley.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.testing.Needles.Needle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An address that belongs to nobody, with every writing of it that must stand nowhere: plain, escaped, reversed,
 * encoded, hashed.
 */
public record Canary(String id, String address, Map<String, String> forms) {

    /** One row of {@code attacks/d-email.jsonl}: an output to look in, or a yes or no that nobody may get. */
    public record Row(String id, String kind, String payload) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    public static List<Canary> all() {
        List<Canary> canaries = new ArrayList<>();
        for (var row : lines()) {
            if (row.path("class").asText().equals("email-canary")) {
                var forms = new TreeMap<String, String>();
                row.path("needles").properties().forEach(n -> forms.put(n.getKey(), n.getValue().asText()));
                canaries.add(new Canary(row.path("id").asText(), row.path("payload").asText(), forms));
            }
        }
        return List.copyOf(canaries);
    }

    /** The rows of a class such as {@code email-surface}. */
    public static List<Row> rows(String kind) {
        return lines().stream()
                .filter(row -> row.path("class").asText().equals(kind))
                .map(row -> new Row(row.path("id").asText(), kind, row.path("payload").asText()))
                .toList();
    }

    public List<Needle> needles() {
        return forms.entrySet().stream().map(form -> new Needle(id, form.getKey(), form.getValue())).toList();
    }

    /** The address before the @, and the domain after it. */
    public String local() {
        return address.substring(0, address.indexOf('@'));
    }

    public String domain() {
        return address.substring(address.indexOf('@') + 1);
    }

    @Override
    public String toString() {
        return id;
    }

    private static List<JsonNode> lines() {
        try (var rows = Canary.class.getResourceAsStream("/attacks/d-email.jsonl")) {
            var text = new String(rows.readAllBytes(), StandardCharsets.UTF_8);
            List<JsonNode> lines = new ArrayList<>();
            for (var line : text.split("\n")) {
                if (!line.isBlank()) {
                    lines.add(JSON.readTree(line));
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
