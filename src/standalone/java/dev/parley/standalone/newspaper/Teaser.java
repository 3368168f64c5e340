package dev.parley.standalone.newspaper;

import java.util.regex.Pattern;

/** The beginning of a comment's own words on one line, without the signs of its Markdown; as the loader makes it. */
final class Teaser {

    private static final int LENGTH = 90;

    private static final Pattern SIGNS = Pattern.compile("[*`]|^(?:> ?|- )", Pattern.MULTILINE);

    private static final Pattern QUOTED = Pattern.compile("^>.*$", Pattern.MULTILINE);

    private Teaser() {}

    static String of(String text) {
        var own = QUOTED.matcher(text).replaceAll("");
        var line = SIGNS.matcher(own.isBlank() ? text : own).replaceAll("").replaceAll("\\s+", " ").strip();
        if (line.codePointCount(0, line.length()) <= LENGTH) {
            return line;
        }
        int end = line.offsetByCodePoints(0, LENGTH);
        int space = line.lastIndexOf(' ', end);
        return line.substring(0, space > LENGTH / 2 ? space : end) + "\u00a0…";
    }
}
