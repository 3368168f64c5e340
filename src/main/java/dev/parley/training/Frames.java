package dev.parley.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A file of sentences with slots and of lists that fill them. A line {@code name: a | b} is a list, {@code [label=1
 * other=0] text with a {name}} a frame, {@code ## name} the heading of the frames after it; other lines with a {@code
 * #} are comments.
 *
 * @param lists their entries, by name
 * @param all in their order
 */
record Frames(Map<String, List<String>> lists, List<Frame> all) {
    private static final Pattern LIST = Pattern.compile("(\\w+): (.+)", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern FRAME = Pattern.compile("\\[([^]]+)] (.+)");
    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}", Pattern.UNICODE_CHARACTER_CLASS);
    private static final String HEADING = "## ";

    /**
     * One sentence.
     *
     * @param heading the last one above it; empty if there is none
     * @param text with slots in braces
     * @param labels of all texts that are made of it
     */
    record Frame(String heading, String text, Map<String, Boolean> labels) {
        /** The names of the lists it wants, as often as it wants them. */
        List<String> slots() {
            return SLOT.matcher(text).results().map(slot -> slot.group(1)).toList();
        }

        /** The text with each slot filled by what is said of the name of its list, and a capital in front. */
        String filled(Function<String, String> by) {
            var filled = SLOT.matcher(text).replaceAll((MatchResult slot) -> by.apply(slot.group(1)));
            return Character.toUpperCase(filled.charAt(0)) + filled.substring(1);
        }
    }

    /**
     * Reads a file that comes with the program.
     *
     * @throws IOException if there is no such file, a line of it is none of the kinds above, or a list is wanted that
     *     is not there
     */
    static Frames read(String resource) throws IOException {
        var frames = new Frames(new HashMap<>(), new ArrayList<>());
        try (var in = Frames.class.getResourceAsStream(resource)) {
            if (in == null) throw new IOException("missing " + resource);
            var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            var heading = "";
            for (String line; (line = lines.readLine()) != null; ) {
                if (line.startsWith(HEADING)) heading = line.substring(HEADING.length());
                else if (!line.isBlank() && !line.startsWith("#")) frames.add(line, heading);
            }
        }
        return frames;
    }

    /** The entries of a list that a frame wants. */
    List<String> list(String name) {
        var entries = lists.get(name);
        if (entries == null) throw new IllegalArgumentException("no list " + name);
        return entries;
    }

    private void add(String line, String heading) throws IOException {
        var list = LIST.matcher(line);
        var frame = FRAME.matcher(line);
        if (frame.matches()) {
            var one = new Frame(heading, frame.group(2), labels(frame.group(1)));
            if (!lists.keySet().containsAll(one.slots())) throw new IOException("no such list yet: " + line);
            all.add(one);
        } else if (list.matches()) {
            lists.put(list.group(1), List.of(list.group(2).split(" \\| ")));
        } else {
            throw new IOException("neither list nor frame: " + line);
        }
    }

    private static Map<String, Boolean> labels(String written) {
        var labels = new HashMap<String, Boolean>();
        for (var label : written.split(" ")) {
            int equals = label.indexOf('=');
            labels.put(label.substring(0, equals), label.endsWith("=1"));
        }
        return labels;
    }
}
