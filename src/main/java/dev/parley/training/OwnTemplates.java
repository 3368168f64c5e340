package dev.parley.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Short texts of our own, made by filling frames with words from lists: kinds of hate, of counter-speech and of calm
 * talk that no data at hand has enough of. The same texts every time.
 */
final class OwnTemplates {
    /** What {@link LabelledComment#source()} says of them. */
    static final String SOURCE = "own-template";

    private static final List<String> LANGUAGES = List.of("en", "ru", "fr");
    private static final int PER_FRAME = 15;
    private static final Pattern LIST = Pattern.compile("(\\w+): (.+)");
    private static final Pattern FRAME = Pattern.compile("\\[([^]]+)] (.+)");
    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");

    private OwnTemplates() {}

    /** All of them, each once. */
    static List<LabelledComment> all() throws IOException {
        var comments = new ArrayList<LabelledComment>();
        for (var language : LANGUAGES) {
            texts(language)
                    .forEach((text, labels) -> {
                        var id = SOURCE + "-" + comments.size();
                        comments.add(new LabelledComment(id, SOURCE, language, text, labels, Double.NaN));
                    });
        }
        return comments;
    }

    private static Map<String, Map<String, Boolean>> texts(String language) throws IOException {
        var frames = "/models/own-templates." + language + ".txt";
        var lists = new HashMap<String, String[]>();
        var texts = new LinkedHashMap<String, Map<String, Boolean>>();
        try (var in = OwnTemplates.class.getResourceAsStream(frames)) {
            if (in == null) throw new IOException("missing " + frames);
            var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line; (line = lines.readLine()) != null; ) {
                var list = LIST.matcher(line);
                var frame = FRAME.matcher(line);
                if (frame.matches()) fill(frame.group(2), labels(frame.group(1)), lists, texts);
                else if (list.matches()) lists.put(list.group(1), list.group(2).split(" \\| "));
                else if (!line.isBlank() && !line.startsWith("#"))
                    throw new IOException("neither list nor frame: " + line);
            }
        }
        return texts;
    }

    private static Map<String, Boolean> labels(String written) {
        var labels = new HashMap<String, Boolean>();
        for (var label : written.split(" ")) {
            int equals = label.indexOf('=');
            labels.put(label.substring(0, equals), label.endsWith("=1"));
        }
        return labels;
    }

    private static void fill(
            String frame,
            Map<String, Boolean> labels,
            Map<String, String[]> lists,
            Map<String, Map<String, Boolean>> to) {
        var random = new Random(frame.hashCode()); // a string's hash is the same everywhere
        for (int i = 0; i < PER_FRAME; i++) {
            var text = SLOT.matcher(frame).replaceAll(slot -> one(lists, slot.group(1), random));
            to.putIfAbsent(Character.toUpperCase(text.charAt(0)) + text.substring(1), labels);
        }
    }

    private static String one(Map<String, String[]> lists, String name, Random random) {
        var list = lists.get(name);
        if (list == null) throw new IllegalStateException("no list " + name);
        return list[random.nextInt(list.length)];
    }
}
