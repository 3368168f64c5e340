package dev.parley.scoring;

import java.util.ArrayList;
import java.util.List;

/** The parts in which a long text is scored besides the whole, so that an insult cannot hide behind a long preface. */
final class Windows {
    /** Texts up to this many words are scored whole only. */
    static final int WHOLE = 200;

    static final int WORDS = 120;
    static final int STRIDE = 60;

    /** A part of a normalised text, from a space to behind a space. */
    record Window(int from, int to) {}

    private Windows() {}

    static List<Window> of(String text) {
        var windows = new ArrayList<Window>();
        windows.add(new Window(0, text.length()));
        var spaces = text.chars().filter(c -> c == ' ').count() <= WHOLE + 1 ? new int[0] : spaces(text);
        for (int first = 0; first + 1 < spaces.length; first += STRIDE) {
            int last = Math.min(first + WORDS, spaces.length - 1);
            windows.add(new Window(spaces[first], spaces[last] + 1));
            if (last == spaces.length - 1) break;
        }
        return windows;
    }

    private static int[] spaces(String text) {
        var spaces = new int[(int) text.chars().filter(c -> c == ' ').count()];
        for (int i = 0, n = 0; i < text.length(); i++) if (text.charAt(i) == ' ') spaces[n++] = i;
        return spaces;
    }
}
