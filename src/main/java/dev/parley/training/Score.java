package dev.parley.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.scoring.Scorers;
import dev.parley.text.CharacterRules;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./parley score [--language CODE] [FILE…]}: scores each line of files or of standard input with the shipped
 * models and writes one JSON object a line: {@code {"id","language","scored","scores":{…}}}. A line that is a JSON
 * object with {@code text} is read as such and keeps its {@code id}; any other line is a text and gets its number. Exit
 * code 2 if a file is missing.
 */
public final class Score {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double ROUNDING = 1e6;

    private final Scorers scorers = new Scorers();
    private final String defaultLanguage;

    private Score(String defaultLanguage) {
        this.defaultLanguage = defaultLanguage;
    }

    /** The command. */
    public static void main(String[] args) throws IOException {
        System.exit(run(System.out, args));
    }

    static int run(PrintStream output, String... args) throws IOException {
        var language = "en";
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--language")) language = args[++i];
            else files.add(Path.of(args[i]));
        }
        for (var file : files) {
            if (Files.isReadable(file)) continue;
            System.err.println("Cannot read " + file);
            return 2;
        }
        var score = new Score(language);
        var out = new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8));
        if (files.isEmpty()) {
            score.lines(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out);
        }
        for (var file : files) {
            try (var in = LabelledFiles.open(file)) {
                score.lines(in, out);
            }
        }
        out.flush();
        return 0;
    }

    private void lines(BufferedReader in, Writer out) throws IOException {
        int number = 0;
        for (String line; (line = in.readLine()) != null; ) {
            number++;
            if (!line.isBlank()) out.write(scored(line, number) + "\n");
        }
    }

    private String scored(String line, int number) throws IOException {
        var id = Integer.toString(number);
        var text = line;
        var object = line.startsWith("{") ? object(line) : null;
        if (object != null && object.has("text")) {
            id = object.path("id").asText(id);
            text = object.path("text").asText();
        }
        var scores = scorers.score(CharacterRules.toNfc(text), defaultLanguage);
        ObjectNode result =
                JSON.createObjectNode().put("id", id).put("language", scores.language()).put("scored", scores.scored());
        var values = result.putObject("scores");
        new TreeMap<>(scores.byAttribute())
                .forEach((attribute, score) -> values.put(attribute, Math.round(score.value() * ROUNDING) / ROUNDING));
        return JSON.writeValueAsString(result);
    }

    private static @Nullable JsonNode object(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException _) {
            return null; // a text that begins with a brace
        }
    }
}
