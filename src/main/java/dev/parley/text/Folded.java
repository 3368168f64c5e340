package dev.parley.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import java.util.Arrays;
import java.util.Map;

/**
 * First step of normalising: the text character by character in compatibility form and lower case, without marks and
 * without what cannot be seen, each character with its place in the original.
 */
final class Folded implements CharSequence {
    private static final Normalizer2 NFKD = Normalizer2.getNFKDInstance();

    /** A character that stands for more letters than this is a picture of a text and stays one character. */
    private static final int LONGEST_DECOMPOSITION = 4;

    private static final int LONGEST_ENTITY = 10;
    private static final Map<String, Integer> ENTITIES =
            Map.of(
                    "amp",
                    (int) '&',
                    "lt",
                    (int) '<',
                    "gt",
                    (int) '>',
                    "quot",
                    (int) '"',
                    "apos",
                    (int) '\'',
                    "nbsp",
                    (int) ' ');

    private static final String KEPT_WITH_MARK = "йёїўѓќѐѝ";
    private static final String SMALL_CAPITALS = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ";
    private static final String THEIR_LETTERS = "abcdefghijklmnoprstuvwyz";

    private char[] chars;
    private int[] starts;
    private int[] ends;
    private int length;

    private Folded(int capacity) {
        chars = new char[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
    }

    static Folded of(String text) {
        var folded = new Folded(text.length() + 16);
        for (int i = 0, next; i < text.length(); i = next) {
            int cp = text.codePointAt(i);
            next = i + Character.charCount(cp);
            if (cp == '&') {
                int end = entityEnd(text, i);
                int decoded = end < 0 ? -1 : entity(text, i + 1, end);
                if (decoded >= 0) {
                    cp = decoded;
                    next = end + 1;
                }
            } else if (cp == '[' || cp == '(' || cp == '{') {
                int end = dotEnd(text, i);
                if (end > 0) {
                    cp = '.';
                    next = end;
                }
            } else if (isRegional(cp)) {
                cp = inFlag(text, i) ? cp : 'a' + (cp - 0x1F1E6);
            }
            folded.fold(cp, i, next);
        }
        return folded;
    }

    /** Where {@code [.]}, {@code (dot)} and the like end, or -1. */
    private static int dotEnd(String text, int at) {
        int close = -1;
        for (int i = at + 2; i < Math.min(text.length(), at + 8); i++) {
            if ("])}".indexOf(text.charAt(i)) >= 0) {
                close = i;
                break;
            }
        }
        if (close < 0) return -1;
        var inside = text.substring(at + 1, close).strip();
        return inside.equals(".") || inside.equalsIgnoreCase("dot") ? close + 1 : -1;
    }

    private static int entityEnd(String text, int at) {
        for (int i = at + 2; i < Math.min(text.length(), at + LONGEST_ENTITY); i++) {
            char c = text.charAt(i);
            if (c == ';') return i;
            if (!Character.isLetterOrDigit(c) && c != '#') return -1;
        }
        return -1;
    }

    private static int entity(String text, int from, int to) {
        if (text.charAt(from) != '#') return ENTITIES.getOrDefault(text.substring(from, to), -1);
        boolean hex = from + 1 < to && (text.charAt(from + 1) | 0x20) == 'x';
        try {
            int cp = Integer.parseInt(text, from + (hex ? 2 : 1), to, hex ? 16 : 10);
            return Character.isValidCodePoint(cp) && !Character.isISOControl(cp) ? cp : ' ';
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private static boolean isRegional(int cp) {
        return cp >= 0x1F1E6 && cp <= 0x1F1FF;
    }

    /** Regional letters come in twos as a flag; alone or in odd runs they spell. */
    private static boolean inFlag(String text, int at) {
        int before = 0;
        while (before < 32 && at - 2 * before >= 2 && isRegional(text.codePointBefore(at - 2 * before))) before++;
        int after = 1;
        while (after < 32 && at + 2 * after < text.length() && isRegional(text.codePointAt(at + 2 * after))) after++;
        return (before + after) % 2 == 0;
    }

    private void fold(int cp, int start, int end) {
        if (cp < 0x80) {
            append(cp >= 'A' && cp <= 'Z' ? cp + 0x20 : cp, start, end);
            return;
        }
        if (cp >= 0xE0020 && cp <= 0xE007E) {
            append(Character.toLowerCase(cp - 0xE0000), start, end); // hidden ASCII
            return;
        }
        if (isDropped(cp)) {
            if (length > 0 && ends[length - 1] == start) stretch(end);
            return;
        }
        if (cp >= 0x1F150 && cp <= 0x1F169) cp = 'a' + (cp - 0x1F150); // negative circled
        if (cp >= 0x1F170 && cp <= 0x1F189) cp = 'a' + (cp - 0x1F170); // negative squared
        int lower = UCharacter.foldCase(cp, true);
        if (KEPT_WITH_MARK.indexOf(lower) >= 0 || isWhole(lower)) {
            append(lower, start, end);
            return;
        }
        int small = SMALL_CAPITALS.indexOf(cp);
        if (small >= 0) {
            append(THEIR_LETTERS.charAt(small), start, end);
            return;
        }
        switch (lower) {
            case 'ß' -> append("ss", start, end);
            case 'æ' -> append("ae", start, end);
            case 'œ' -> append("oe", start, end);
            case 'ø' -> append('o', start, end);
            case 'ł' -> append('l', start, end);
            case 'đ' -> append('d', start, end);
            case 'ı' -> append('i', start, end);
            default -> {
                var decomposed = NFKD.getDecomposition(cp);
                if (decomposed == null || decomposed.length() > LONGEST_DECOMPOSITION) append(lower, start, end);
                else append(decomposed, start, end);
            }
        }
    }

    /** What is dropped belongs to the character before it, so that a part of the original holds its last mark too. */
    private void stretch(int end) {
        int of = starts[length - 1];
        for (int i = length - 1; i >= 0 && starts[i] == of; i--) ends[i] = end;
    }

    /** Scripts whose letters fall apart in compatibility form: Hangul, kana. */
    private static boolean isWhole(int cp) {
        return (cp >= 0xAC00 && cp <= 0xD7A3) || (cp >= 0x3040 && cp <= 0x30FF);
    }

    /** What cannot be seen, and the marks of scripts that can be read without them. */
    private static boolean isDropped(int cp) {
        return isDiacritic(cp)
                || (cp >= 0x1F3FB && cp <= 0x1F3FF) // skin tones
                || UCharacter.getType(cp) == UCharacter.FORMAT
                || UCharacter.hasBinaryProperty(cp, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    }

    static boolean isDiacritic(int cp) {
        return (cp >= 0x300 && cp <= 0x36F)
                || (cp >= 0x483 && cp <= 0x489)
                || (cp >= 0x591 && cp <= 0x5C7)
                || (cp >= 0x64B && cp <= 0x65F)
                || (cp >= 0x1AB0 && cp <= 0x1AFF)
                || (cp >= 0x1DC0 && cp <= 0x1DFF)
                || (cp >= 0x20D0 && cp <= 0x20FF)
                || (cp >= 0xFE20 && cp <= 0xFE2F);
    }

    private void append(String several, int start, int end) {
        several.codePoints()
                .filter(cp -> !isDiacritic(cp))
                .forEach(cp -> append(UCharacter.foldCase(cp, true), start, end));
    }

    private void append(int cp, int start, int end) {
        if (length + 2 > chars.length) grow();
        if (cp < 0x10000) {
            put((char) cp, start, end);
            return;
        }
        for (char c : Character.toChars(cp)) put(c, start, end);
    }

    private void put(char c, int start, int end) {
        chars[length] = c;
        starts[length] = start;
        ends[length++] = end;
    }

    private void grow() {
        chars = Arrays.copyOf(chars, chars.length * 2);
        starts = Arrays.copyOf(starts, chars.length);
        ends = Arrays.copyOf(ends, chars.length);
    }

    /** The characters themselves, not to be written to. */
    char[] array() {
        return chars;
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        return chars[index];
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return new String(chars, from, to - from);
    }

    @Override
    public String toString() {
        return new String(chars, 0, length);
    }

    int codePointAt(int index) {
        return Character.codePointAt(chars, index, length);
    }
}
