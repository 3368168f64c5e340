package dev.parley.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which characters a reader may send, and the one form they are stored in.
 *
 * <p>Check first, then {@link #toNfc}: the check bounds the runs of combining marks that make normalising slow. Reasons
 * are fixed English texts and never contain any of the value. Sizes are the caller's business. The rules are those of
 * the security page, section 5, "Text".
 */
public final class CharacterRules {
    /** More marks than this on one letter are no language but a tower that hides the lines above it. */
    static final int MOST_MARKS = 4;

    /** A text may grow this much in compatibility form; some single characters stand for whole sentences. */
    private static final int MOST_GROWTH = 3;

    private static final int GROWTH_ALLOWANCE = 500;
    private static final int DEEPEST_BIDI = 60;
    private static final int FIRST_TAG = 0xE0020;
    private static final int CANCEL_TAG = 0xE007F;
    private static final int BLACK_FLAG = 0x1F3F4;
    private static final int LONGEST_FLAG_TAG = 7;

    private static final Normalizer2 NFC = Normalizer2.getNFCInstance();
    private static final Normalizer2 NFKD = Normalizer2.getNFKDInstance();

    private CharacterRules() {}

    /**
     * What is wrong with a comment's body, if anything.
     *
     * @param body as it came; tab, line feed and carriage return are welcome
     * @return a reason for the sender, or empty if the body is fine
     */
    public static Optional<String> problemInBody(String body) {
        return Optional.ofNullable(problem(body, false));
    }

    /**
     * What is wrong with a display name, if anything: as for a body, and besides no line breaks, tabs, private use
     * characters or bidirectional controls.
     *
     * @return a reason for the sender, or empty if the name is fine
     */
    public static Optional<String> problemInName(String name) {
        return Optional.ofNullable(problem(name, true));
    }

    /** The text in Unicode normalisation form C, the only form that is stored. */
    public static String toNfc(String text) {
        return NFC.normalize(text);
    }

    private static @Nullable String problem(String text, boolean name) {
        var bidi = new BidiStack();
        boolean visible = false;
        int marks = 0;
        long grown = 0;
        for (int i = 0, cp; i < text.length(); i += Character.charCount(cp)) {
            cp = text.codePointAt(i);
            var found = problemOf(cp, text, i, name);
            if (found != null) return found;

            if (name && BidiStack.isControl(cp)) return "contains characters that change the writing direction";
            if (!bidi.accept(cp)) return "contains unbalanced characters that change the writing direction";

            int type = UCharacter.getType(cp);
            boolean mark = type == UCharacterCategory.NON_SPACING_MARK || type == UCharacterCategory.ENCLOSING_MARK;
            marks = mark ? marks + 1 : 0;
            if (marks > MOST_MARKS) return "contains too many accents on one letter";

            visible |= !mark && isVisible(cp);
            grown += cp < 0xA0 ? 1 : grownLength(cp);
        }
        if (!bidi.isEmpty()) return "contains unbalanced characters that change the writing direction";
        if (!visible) return "has nothing that can be read";
        if (grown > (long) MOST_GROWTH * text.length() + GROWTH_ALLOWANCE)
            return "contains too many compound characters";
        return null;
    }

    private static @Nullable String problemOf(int cp, String text, int at, boolean name) {
        return switch (UCharacter.getType(cp)) {
            case UCharacterCategory.SURROGATE -> "contains half a character";
            case UCharacterCategory.UNASSIGNED -> "contains characters that do not exist in Unicode";
            case UCharacterCategory.CONTROL -> isLayout(cp) && !name ? null : "contains control characters";
            case UCharacterCategory.LINE_SEPARATOR, UCharacterCategory.PARAGRAPH_SEPARATOR ->
                    "contains line separators other than the usual line break";
            case UCharacterCategory.PRIVATE_USE -> name ? "contains private use characters" : null;
            case UCharacterCategory.FORMAT -> problemOfFormat(cp, text, at);
            default -> null;
        };
    }

    private static @Nullable String problemOfFormat(int cp, String text, int at) {
        boolean hidden =
                cp == 0xFEFF || (cp >= 0xFFF9 && cp <= 0xFFFB) || (cp >= 0x206A && cp <= 0x206F) || cp == 0xE0001;
        if (hidden) return "contains hidden characters";
        if (isTag(cp) && !inFlag(text, at)) return "contains hidden characters";
        if (UCharacter.hasBinaryProperty(cp, UProperty.PREPENDED_CONCATENATION_MARK)) {
            int next = at + Character.charCount(cp);
            boolean beforeDigit = next < text.length() && UCharacter.isDigit(text.codePointAt(next));
            if (!beforeDigit) return "contains number signs without a number";
        }
        return null;
    }

    private static boolean isLayout(int cp) {
        return cp == '\t' || cp == '\n' || cp == '\r';
    }

    private static boolean isTag(int cp) {
        return cp >= FIRST_TAG && cp <= CANCEL_TAG;
    }

    /** Tag characters are fine only inside a flag such as Scotland's: black flag, up to six tags, cancel. */
    private static boolean inFlag(String text, int at) {
        int start = at;
        int steps = 0;
        while (start > 0 && isTag(text.codePointBefore(start)) && steps++ < LONGEST_FLAG_TAG) start -= 2;
        if (start == 0 || text.codePointBefore(start) != BLACK_FLAG) return false;
        for (int i = start, n = 0; i < text.length() && n < LONGEST_FLAG_TAG; i += 2, n++) {
            int cp = text.codePointAt(i);
            if (!isTag(cp)) return false;
            if (cp == CANCEL_TAG) return true;
        }
        return false;
    }

    private static int grownLength(int cp) {
        var decomposition = NFKD.getDecomposition(cp);
        return decomposition == null ? Character.charCount(cp) : decomposition.length();
    }

    static boolean isVisible(int cp) {
        return !UCharacter.isUWhiteSpace(cp)
                && !UCharacter.hasBinaryProperty(cp, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
                && UCharacter.getType(cp) != UCharacterCategory.FORMAT
                && !isLayout(cp)
                && cp != 0x2800; // braille blank: a letter by type, nothing to the eye
    }

    /** The open embeddings and isolates of a paragraph. */
    private static final class BidiStack {
        private static final int LRE = 0x202A;
        private static final int RLE = 0x202B;
        private static final int PDF = 0x202C;
        private static final int LRO = 0x202D;
        private static final int RLO = 0x202E;
        private static final int LRI = 0x2066;
        private static final int FSI = 0x2068;
        private static final int PDI = 0x2069;

        private final StringBuilder open = new StringBuilder(); // 'e' embedding or override, 'i' isolate

        static boolean isControl(int cp) {
            return (cp >= LRE && cp <= RLO) || (cp >= LRI && cp <= PDI);
        }

        /** False if the character closes what is not open, nests too deep, or ends a paragraph with one open. */
        boolean accept(int cp) {
            return switch (cp) {
                case LRE, RLE, LRO, RLO -> push('e');
                case LRI, LRI + 1, FSI -> push('i');
                case PDF -> pop('e');
                case PDI -> pop('i');
                case '\n', '\r' -> isEmpty();
                default -> true;
            };
        }

        private boolean push(char kind) {
            open.append(kind);
            return open.length() <= DEEPEST_BIDI;
        }

        private boolean pop(char kind) {
            int last = open.length() - 1;
            if (last < 0 || open.charAt(last) != kind) return false;
            open.setLength(last);
            return true;
        }

        boolean isEmpty() {
            return open.isEmpty();
        }
    }
}
