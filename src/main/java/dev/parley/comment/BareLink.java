package dev.parley.comment;

import org.jspecify.annotations.Nullable;

/** An address in running text, from {@code start} to {@code end}. Found in one pass over the text. */
record BareLink(int start, int end, LinkTarget target) {

    /** The first address at or after a place, or null. */
    static @Nullable BareLink after(String text, int from) {
        for (int at = next(text, from); at >= 0; at = next(text, at)) {
            int stop = at;
            while (stop < text.length() && belongs(text.charAt(stop))) {
                stop++;
            }
            int end = withoutPunctuation(text, at, stop);
            boolean freestanding = at == 0 || !Character.isLetterOrDigit(text.codePointBefore(at));
            var target = freestanding ? LinkTarget.of(text.substring(at, end)) : null;
            if (target != null) {
                return new BareLink(at, end, target);
            }
            at = stop;
        }
        return null;
    }

    private static int next(String text, int from) {
        int at = text.indexOf("://", from);
        while (at >= 0) {
            if (at - 5 >= from && text.regionMatches(true, at - 5, "https", 0, 5)) {
                return at - 5;
            }
            if (at - 4 >= from && text.regionMatches(true, at - 4, "http", 0, 4)) {
                return at - 4;
            }
            at = text.indexOf("://", at + 3);
        }
        return -1;
    }

    private static boolean belongs(char c) {
        return c > ' ' && !Character.isWhitespace(c) && !Character.isSpaceChar(c) && "<>\"'`".indexOf(c) < 0;
    }

    /** A sentence's own signs at the end are not part of the address, nor is a bracket that it did not open. */
    private static int withoutPunctuation(String text, int start, int stop) {
        int open = 0;
        for (int i = start; i < stop; i++) {
            char c = text.charAt(i);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        int end = stop;
        while (end > start) {
            char last = text.charAt(end - 1);
            if (last == ')' && open < 0) {
                open++;
            } else if (".,;:!?*_~]}\u2026\u201c\u201d\u2019".indexOf(last) < 0) {
                break;
            }
            end--;
        }
        return end;
    }
}
