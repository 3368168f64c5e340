package dev.parley.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads labelled comments: one JSON object a line, UTF-8, gzip if the name ends so. */
public final class LabelledFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OWN = "/models/own-examples.en.jsonl";
    private static final List<String> LABELS =
            List.of("toxic", "severe", "obscene", "threat", "insult", "identity", "spam");

    private LabelledFiles() {}

    /** All comments of a file, in its order. */
    public static List<LabelledComment> read(Path file) throws IOException {
        try (var lines = open(file)) {
            return read(lines, file.getFileName().toString());
        }
    }

    /** Examples that were written for this project and come with the program. */
    static List<LabelledComment> own() throws IOException {
        try (var in = LabelledFiles.class.getResourceAsStream(OWN)) {
            if (in == null) throw new IOException("missing " + OWN);
            return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), "own");
        }
    }

    private static List<LabelledComment> read(BufferedReader lines, String name) throws IOException {
        var comments = new ArrayList<LabelledComment>();
        int number = 0;
        for (String line; (line = lines.readLine()) != null; ) {
            number++;
            if (!line.isBlank()) comments.add(comment(JSON.readTree(line), name + ":" + number));
        }
        return comments;
    }

    static BufferedReader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        if (file.toString().endsWith(".gz")) in = new GZIPInputStream(in);
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    private static LabelledComment comment(JsonNode node, String place) {
        var labels = new HashMap<String, Boolean>();
        for (var name : LABELS) if (node.hasNonNull(name)) labels.put(name, node.get(name).asInt() == 1);
        return new LabelledComment(
                node.path("id").asText(place),
                node.path("src").asText("unknown"),
                node.path("lang").asText("und"),
                node.path("text").asText(),
                labels,
                node.path("toxic_frac").asDouble(Double.NaN));
    }
}
