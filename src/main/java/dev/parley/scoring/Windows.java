package dev.parley.scoring;

import java.util.ArrayList;
import java.util.Arrays;
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
        var whole = new Window(0, text.length());
        var spaces = spaces(text);
        if (spaces.length <= WHOLE + 1) return List.of(whole);
        var windows = new ArrayList<Window>();
        windows.add(whole);
        for (int first = 0; first + 1 < spaces.length; first += STRIDE) {
            int last = Math.min(first + WORDS, spaces.length - 1);
            windows.add(new Window(spaces[first], spaces[last] + 1));
            if (last == spaces.length - 1) break;
        }
        return windows;
    }

    private static int[] spaces(String text) {
        var spaces = new int[text.length() / 4 + 2];
        int found = 0;
        for (int i = text.indexOf(' '); i >= 0; i = text.indexOf(' ', i + 1)) {
            if (found == spaces.length) spaces = Arrays.copyOf(spaces, found * 2);
            spaces[found++] = i;
        }
        return Arrays.copyOf(spaces, found);
    }
}
