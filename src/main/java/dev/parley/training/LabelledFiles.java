package dev.parley.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads labelled comments: one JSON object a line, UTF-8, gzip if the name ends so. A label is true, false, or a
 * number: from .5 on it is a yes, below 0 unknown. A file such as {@code words.en.txt} is a list of abusive words in
 * the language it names, one a line.
 */
public final class LabelledFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern WORD_LIST = Pattern.compile("(\\w+)\\.(\\w+)\\.txt");
    private static final String OWN = "/models/own-examples.en.jsonl";

    /** Labels as this program calls them, each with the names it has in files. */
    private static final Map<String, List<String>> LABELS =
            Map.of(
                    "toxic", List.of("toxic", "toxicity"),
                    "severe", List.of("severe", "severe_toxic", "severe_toxicity"),
                    "obscene", List.of("obscene", "profanity"),
                    "threat", List.of("threat"),
                    "insult", List.of("insult"),
                    "identity", List.of("identity", "identity_hate", "identity_attack"),
                    "spam", List.of("spam"));

    /** A share of annotators counts as a yes from here on, as in the Civil Comments data. */
    private static final double YES = 0.5;

    /** A line that is not a labelled comment; the message names file and line, and holds nothing of the text. */
    static final class BadLine extends IOException {
        private static final long serialVersionUID = 1;

        BadLine(String message) {
            super(message);
        }
    }

    private LabelledFiles() {}

    /**
     * All comments of a file, in its order. A missing {@code src} is {@code unknown}, a missing {@code lang} {@code
     * und}.
     *
     * @throws IOException if the file cannot be read, or a line is no JSON object with a text
     */
    public static List<LabelledComment> read(Path file) throws IOException {
        var name = file.getFileName().toString();
        try (var lines = open(file)) {
            var list = WORD_LIST.matcher(name);
            return list.matches() ? words(lines, list.group(1), list.group(2)) : read(lines, name);
        } catch (ZipException | EOFException _) {
            throw new BadLine(name + " is not gzip, or cut off");
        }
    }

    private static List<LabelledComment> words(BufferedReader lines, String source, String language) {
        var labels = Map.of("toxic", true, "obscene", true);
        return lines.lines()
                .filter(line -> !line.isBlank())
                .map(line -> new LabelledComment(source + "-" + line, source, language, line, labels, Double.NaN))
                .toList();
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
            if (!line.isBlank()) comments.add(comment(line, name + ":" + number));
        }
        return comments;
    }

    /** All names under which labels are found, for a message. */
    static List<String> labelNames() {
        return LABELS.values().stream().flatMap(List::stream).sorted().toList();
    }

    static BufferedReader open(Path file) throws IOException {
        return reader(Files.newInputStream(file), file);
    }

    /** A reader of the bytes of a file, which are unpacked if its name says so. */
    static BufferedReader reader(InputStream bytes, Path file) throws IOException {
        var in = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    private static LabelledComment comment(String line, String place) throws BadLine {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException _) {
            throw new BadLine(place + " is not JSON");
        }
        if (!node.path("text").isTextual()) throw new BadLine(place + " is no JSON object with a text");
        return new LabelledComment(
                node.path("id").asText(place),
                node.path("src").asText("unknown"),
                node.path("lang").asText("und"),
                node.path("text").asText(),
                labels(node, place),
                node.path("toxic_frac").asDouble(Double.NaN));
    }

    private static Map<String, Boolean> labels(JsonNode node, String place) throws BadLine {
        var labels = new HashMap<String, Boolean>();
        for (var label : LABELS.entrySet()) {
            for (var name : label.getValue()) {
                var value = node.path(name);
                if (value.isMissingNode() || value.isNull()) continue;
                double share = value.isBoolean() ? (value.asBoolean() ? 1 : 0) : value.asDouble(Double.NaN);
                if (Double.isNaN(share))
                    throw new BadLine(place + ": " + name + " is neither a number nor true or false");
                if (share >= 0) labels.put(label.getKey(), share >= YES);
            }
        }
        return labels;
    }
}
