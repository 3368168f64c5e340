package dev.parley.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The functional suite that comes with the program: short cases, each of which tests one function of a model, such as
 * telling a group's name from an attack on it. No model learns from them.
 */
final class Suite {
    /** What {@link LabelledComment#source()} says of them. */
    static final String SOURCE = "own-suite";

    private static final List<String> LANGUAGES = List.of("en", "de", "pt", "ru", "fr");

    private Suite() {}

    /**
     * All cases, always the same.
     *
     * @throws IOException also if the lists of a frame differ in length
     */
    static List<LabelledComment> all() throws IOException {
        var cases = new ArrayList<LabelledComment>();
        for (var language : LANGUAGES) {
            var frames = Frames.read("/evaluation/suite." + language + ".txt");
            for (var frame : frames.all()) add(language, frames, frame, cases);
        }
        return cases;
    }

    private static void add(String language, Frames frames, Frames.Frame frame, List<LabelledComment> cases)
            throws IOException {
        var lengths = frame.slots().stream().map(list -> frames.list(list).size()).distinct().toList();
        if (lengths.size() > 1) throw new IOException("lists of unequal length: " + frame.text());
        int entries = lengths.isEmpty() ? 1 : lengths.getFirst();
        for (int i = 0; i < entries; i++) {
            int entry = i;
            var text = frame.filled(list -> frames.list(list).get(entry));
            var id = frame.heading() + "/" + cases.size();
            cases.add(new LabelledComment(id, SOURCE, language, text, frame.labels(), Double.NaN));
        }
    }

    /** The function that a case of {@link #all()} tests. */
    static String function(LabelledComment one) {
        return one.id().substring(0, one.id().lastIndexOf('/'));
    }
}
