package dev.parley.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.scoring.Scorers;
import dev.parley.text.CharacterRules;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./parley score [--language CODE] [--plain] [FILE…]}: scores each line of files or of standard input with the
 * shipped models and writes one JSON object a line, in the same order: {@code {"id","language","scored","scores":{…}}}.
 * A line that begins with a brace is a JSON object with {@code text} and keeps its {@code id}; its {@code lang}, if
 * any, is what {@code --language} is for the others: the language of a text too short to tell. Any other line, and with
 * {@code --plain} every line, is a text and gets its number.
 *
 * <p>Lines are scored on all processors, some thousand at a time, so that memory does not grow with the file. A line
 * that is no such object is named on standard error with its number, the others are scored all the same, and the exit
 * code code is 1, as it is where reading or writing fails half-way. It is 2 if a file or an option is wrong; nothing is
 * scored then.
 */
public final class Score {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double ROUNDING = 1e6;
    private static final int AT_ONCE = 4_096;

    /** Loads its models when it is first asked. */
    private static final Scorers SHIPPED = new Scorers();

    private static final String USAGE = "Usage: ./parley score [--language CODE] [--plain] [FILE…]";

    /** A line with where it stands. */
    private record Line(String text, int number) {}

    /** What became of a line: an object to write, or what is wrong with it. */
    private record Result(String text, boolean isError) {}

    private final PrintStream out;
    private final PrintStream err;
    private final String defaultLanguage;
    private final boolean plain;
    private long bad;

    private Score(PrintStream out, PrintStream err, String defaultLanguage, boolean plain) {
        this.out = out;
        this.err = err;
        this.defaultLanguage = defaultLanguage;
        this.plain = plain;
    }

    /** The command. */
    public static void main(String[] args) {
        System.exit(run(System.in, System.out, System.err, args));
    }

    static int run(InputStream in, PrintStream out, PrintStream err, String... args) {
        var language = "en";
        boolean plain = false;
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--plain")) plain = true;
            else if (args[i].equals("--language") && i + 1 < args.length) language = args[++i];
            else if (args[i].startsWith("--")) return refused(err, USAGE);
            else files.add(Path.of(args[i]));
        }
        for (var file : files) {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) return refused(err, "Cannot read " + file);
        }
        var score = new Score(out, err, language, plain);
        try {
            if (files.isEmpty()) {
                score.lines(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), "line");
            }
            for (var file : files) score.file(file);
        } catch (IOException e) { // a file that is cut off, or a reader of the output that has gone
            err.println("Stopped: " + e.getMessage());
            return 1;
        }
        return score.bad == 0 ? 0 : 1;
    }

    private static int refused(PrintStream err, String message) {
        err.println(message);
        return 2;
    }

    private void file(Path file) throws IOException {
        var name = file.getFileName().toString();
        var bar = new ProgressBarBuilder().setTaskName(name).setUnit("kB", 1_000);
        try (var bytes = ProgressBar.wrap(Files.newInputStream(file), bar);
                var in = LabelledFiles.reader(bytes, file)) {
            lines(in, name);
        }
    }

    private void lines(BufferedReader in, String place) throws IOException {
        var batch = new ArrayList<Line>();
        int number = 0;
        for (String line; (line = in.readLine()) != null; ) {
            number++;
            if (!line.isBlank()) batch.add(new Line(line, number));
            // Who feeds lines one by one waits for the answers.
            if (batch.size() == AT_ONCE || !batch.isEmpty() && !in.ready()) write(batch, place);
        }
        write(batch, place);
    }

    private void write(List<Line> batch, String place) throws IOException {
        var results = batch.parallelStream().map(this::result).toList();
        var text = new StringBuilder();
        for (int i = 0; i < results.size(); i++) {
            if (!results.get(i).isError()) {
                text.append(results.get(i).text()).append('\n');
                continue;
            }
            bad++;
            err.println(place + ":" + batch.get(i).number() + " " + results.get(i).text());
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        if (out.checkError()) throw new IOException("the output cannot be written");
        batch.clear();
    }

    private Result result(Line line) {
        try {
            if (plain || !line.text().startsWith("{")) {
                return new Result(scored(line.text(), Integer.toString(line.number()), defaultLanguage), false);
            }
            var object = object(line.text());
            if (object == null) return new Result("is not JSON", true);
            if (!object.path("text").isTextual()) return new Result("has no text", true);
            var id = object.path("id").asText(Integer.toString(line.number()));
            return new Result(
                    scored(object.path("text").asText(), id, object.path("lang").asText(defaultLanguage)), false);
        } catch (JsonProcessingException e) {
            throw new AssertionError("an object of strings and numbers can be written", e);
        }
    }

    private String scored(String text, String id, String language) throws JsonProcessingException {
        var scores = SHIPPED.scoreOnly(CharacterRules.toNfc(text), language);
        var result =
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
            return null;
        }
    }
}
