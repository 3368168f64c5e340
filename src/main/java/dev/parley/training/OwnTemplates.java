package dev.parley.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;

/**
 * Short texts of our own, made by filling frames with words from lists: kinds of hate, of counter-speech and of calm
 * talk that no data at hand has enough of. The same texts every time.
 */
final class OwnTemplates {
    /** What {@link LabelledComment#source()} says of them. */
    static final String SOURCE = "own-template";

    /**
     * How many texts are made of a frame, by language: many, so that a word of a list is in texts enough to become a
     * feature.
     */
    static final Map<String, Integer> PER_FRAME = Map.of("en", 60, "ru", 15, "fr", 60, "de", 60, "pt", 60);

    private OwnTemplates() {}

    /** All of them, each once; the id of one says its language and place, so that no language changes another. */
    static List<LabelledComment> all() throws IOException {
        var comments = new ArrayList<LabelledComment>();
        for (var language : new TreeSet<>(PER_FRAME.keySet())) {
            int before = comments.size();
            texts(language)
                    .forEach((text, labels) -> {
                        var id = SOURCE + "-" + language + "-" + (comments.size() - before);
                        comments.add(new LabelledComment(id, SOURCE, language, text, labels, Double.NaN));
                    });
        }
        return comments;
    }

    private static Map<String, Map<String, Boolean>> texts(String language) throws IOException {
        var frames = Frames.read("/models/own-templates." + language + ".txt");
        var texts = new LinkedHashMap<String, Map<String, Boolean>>();
        int perFrame = Objects.requireNonNull(PER_FRAME.get(language));
        for (var frame : frames.all()) {
            var random = new Random(frame.text().hashCode()); // a string's hash is the same everywhere
            for (int i = 0; i < perFrame; i++) {
                texts.putIfAbsent(frame.filled(list -> one(frames.list(list), random)), frame.labels());
            }
        }
        return texts;
    }

    private static String one(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
