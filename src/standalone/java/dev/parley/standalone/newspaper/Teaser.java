package dev.parley.standalone.newspaper;

/** The beginning of a text on one line. */
final class Teaser {

    private static final int LENGTH = 90;

    private Teaser() {}

    static String of(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        if (line.codePointCount(0, line.length()) <= LENGTH) {
            return line;
        }
        int end = line.offsetByCodePoints(0, LENGTH);
        int space = line.lastIndexOf(' ', end);
        return line.substring(0, space > LENGTH / 2 ? space : end) + " …";
    }
}
