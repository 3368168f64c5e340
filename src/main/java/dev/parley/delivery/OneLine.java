package dev.parley.delivery;

import java.text.Bidi;

/** Makes names and titles, which others chose, fit for one line of a mail. */
final class OneLine {

    private static final char FIRST_STRONG_ISOLATE = '\u2068';
    private static final char POP_ISOLATE = '\u2069';

    private OneLine() {}

    /**
     * The text without anything that breaks a line, is invisible or turns the writing around; runs of spaces are one.
     *
     * @param max in code points; what is longer ends in an ellipsis
     */
    static String of(String text, int max) {
        var clean = new StringBuilder();
        boolean space = true; // none at the beginning
        for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SPACE_SEPARATOR -> {
                    if (!space) {
                        clean.append(' ');
                        space = true;
                    }
                }
                case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> {
                    if (c == '\u200c' || c == '\u200d') { // joiners, which Persian and Hindi are written with
                        clean.appendCodePoint(c);
                    }
                }
                default -> {
                    clean.appendCodePoint(c);
                    space = false;
                }
            }
        }
        var line = clean.toString().strip();
        return line.codePointCount(0, line.length()) <= max
                ? line
                : line.substring(0, line.offsetByCodePoints(0, max - 1)).strip() + "…";
    }

    /** The line kept apart where it is written in the other direction than the words around it. */
    static String isolated(String line, boolean rightToLeft) {
        var bidi = new Bidi(line, rightToLeft ? Bidi.DIRECTION_RIGHT_TO_LEFT : Bidi.DIRECTION_LEFT_TO_RIGHT);
        boolean same = rightToLeft ? bidi.isRightToLeft() : bidi.isLeftToRight();
        return same ? line : FIRST_STRONG_ISOLATE + line + POP_ISOLATE;
    }
}
