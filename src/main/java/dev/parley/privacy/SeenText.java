package dev.parley.privacy;

import com.ibm.icu.lang.UScript;
import java.util.Map;

/**
 * A text as its readers will see it: Markdown's emphasis, escapes and character references undone, what has no width
 * left out, wide and foreign digits as ASCII. Each character knows where it stood.
 */
final class SeenText {

    private static final int LONGEST_REFERENCE = 10;
    private static final Map<String, Character> NAMED =
            Map.of(
                    "commat", '@', "period", '.', "plus", '+', "sol", '/', "lpar", '(', "rpar", ')', "lsqb", '[',
                    "rsqb", ']', "nbsp", ' ', "lowbar", '_');

    private final String source;
    private final StringBuilder text = new StringBuilder();
    private final int[] starts;
    private final int[] ends;

    private SeenText(String source) {
        this.source = source;
        this.starts = new int[source.length()];
        this.ends = new int[source.length()];
    }

    static SeenText of(String source) {
        var seen = new SeenText(source);
        for (int i = 0; i < source.length(); ) {
            i = seen.read(i);
        }
        return seen;
    }

    int length() {
        return text.length();
    }

    char at(int index) {
        return index < 0 || index >= text.length() ? '\n' : text.charAt(index);
    }

    CharSequence text() {
        return text;
    }

    /** Where a character stood in the source. */
    int start(int index) {
        return starts[index];
    }

    /** Where a character ended in the source. */
    int end(int index) {
        return ends[index];
    }

    /** Whether a letter belongs to a script that is written without spaces, so that words touch their neighbours. */
    static boolean isUnspaced(char c) {
        if (c < 0x0e00) {
            return false;
        }
        return switch (UScript.getScript(c)) {
            case UScript.HAN,
                    UScript.HIRAGANA,
                    UScript.KATAKANA,
                    UScript.HANGUL,
                    UScript.THAI,
                    UScript.LAO,
                    UScript.KHMER,
                    UScript.MYANMAR ->
                    true;
            default -> false;
        };
    }

    private int read(int i) {
        char c = source.charAt(i);
        if (c == '*' || c == '`' || isInvisible(c)) {
            return i + 1;
        }
        if (c == '\\' && i + 1 < source.length() && isPunctuation(source.charAt(i + 1))) {
            char escaped = source.charAt(i + 1);
            if (escaped != '*' && escaped != '`') {
                add(folded(escaped), i, i + 2);
            }
            return i + 2;
        }
        if (c == '&') {
            int end = reference(i);
            if (end > 0) {
                return end;
            }
        }
        add(folded(c), i, i + 1);
        return i + 1;
    }

    /** Reads a character reference, if one of a single character stands here, and says where it ends; else 0. */
    private int reference(int i) {
        int semicolon = i + 1;
        while (semicolon < source.length()
                && semicolon - i <= LONGEST_REFERENCE
                && Character.isLetterOrDigit(source.charAt(semicolon) == '#' ? '0' : source.charAt(semicolon))) {
            semicolon++;
        }
        if (semicolon >= source.length() || source.charAt(semicolon) != ';') {
            return 0;
        }
        var name = source.substring(i + 1, semicolon);
        int code = name.startsWith("#") ? number(name.substring(1)) : NAMED.getOrDefault(name, '\0');
        if (code <= 0 || code > Character.MAX_VALUE || Character.isSurrogate((char) code)) {
            return 0;
        }
        if (!isInvisible((char) code)) {
            add(folded((char) code), i, semicolon + 1);
        }
        return semicolon + 1;
    }

    private static int number(String digits) {
        boolean hex = digits.startsWith("x") || digits.startsWith("X");
        var plain = hex ? digits.substring(1) : digits;
        if (plain.isEmpty()
                || plain.length() > 8
                || !plain.chars().allMatch(c -> Character.digit(c, hex ? 16 : 10) >= 0)) {
            return 0;
        }
        long value = Long.parseLong(plain, hex ? 16 : 10);
        return value > Character.MAX_VALUE ? 0 : (int) value;
    }

    private void add(char c, int start, int end) {
        starts[text.length()] = start;
        ends[text.length()] = end;
        text.append(c);
    }

    private static char folded(char c) {
        if (c < 128) {
            return c;
        }
        if (c >= '\uff01' && c <= '\uff5e') {
            return (char) (c - 0xfee0);
        }
        if (c == '\ufe6b') {
            return '@';
        }
        if (c == '\u3002' || c == '\uff61' || c == '\u2024') {
            return '.';
        }
        if ((c >= '\u2010' && c <= '\u2015') || c == '\u2212') {
            return '-';
        }
        if (c != '\u2028' && c != '\u2029' && Character.isSpaceChar(c)) {
            return ' ';
        }
        int digit = Character.digit(c, 10);
        return digit >= 0 ? (char) ('0' + digit) : c;
    }

    private static boolean isInvisible(char c) {
        return Character.getType(c) == Character.FORMAT || (c >= '\ufe00' && c <= '\ufe0f');
    }

    private static boolean isPunctuation(char c) {
        return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
    }
}
