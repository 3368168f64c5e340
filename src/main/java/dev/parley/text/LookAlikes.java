package dev.parley.text;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a display name could be taken for a reserved one, such as a role or a member of the staff.
 *
 * <p>Names are compared by their skeleton (Unicode TR 39) after compatibility folding, without marks, symbols and what
 * cannot be seen. A reserved single word is also found as one word of the name: {@code The Editor}.
 */
public final class LookAlikes {
    private static final SpoofChecker CHECKER = new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();
    private static final Normalizer2 NFKD = Normalizer2.getNFKDInstance();

    private static final String SIGNS = "01345$@";
    private static final String THEIR_LETTERS = "oieassa";

    private LookAlikes() {}

    /**
     * Whether the name looks like one of the reserved ones.
     *
     * @param name a display name as written
     * @param reserved words and full names, in any case; those without a letter are left out
     */
    public static boolean looksLike(String name, Collection<String> reserved) {
        var wholes = skeletons(letters(name, false));
        var words = new HashSet<String>();
        for (var word : letters(name, true).split(" ")) {
            words.addAll(skeletons(word));
            words.addAll(skeletons(withoutEdgeDigits(word)));
        }
        wholes.addAll(skeletons(withoutEdgeDigits(letters(name, false))));
        for (var one : reserved) {
            var joined = letters(one, false);
            if (joined.isEmpty()) continue;
            for (var skeleton : skeletons(joined)) {
                if (wholes.contains(skeleton) || words.contains(skeleton)) return true;
            }
        }
        return false;
    }

    /** Letters and digits only; other visible signs part words if these are wanted. */
    private static String letters(String name, boolean parted) {
        var folded = NFKD.normalize(name);
        var letters = new StringBuilder(folded.length());
        folded.codePoints()
                .filter(cp -> CharacterRules.isVisible(cp) || cp == ' ')
                .forEach(cp -> {
                    if (Character.isLetterOrDigit(cp) || cp == '|' || cp == '$' || cp == '@')
                        letters.appendCodePoint(cp);
                    else if (parted && !isMark(cp)) letters.append(' ');
                });
        return letters.toString();
    }

    private static boolean isMark(int cp) {
        return switch (Character.getType(cp)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    private static String withoutEdgeDigits(String word) {
        int end = word.length();
        while (end > 0 && Character.isDigit(word.charAt(end - 1))) end--;
        int start = 0;
        while (start < end && Character.isDigit(word.charAt(start))) start++;
        return word.substring(start, end);
    }

    /** Both orders, because a capital I looks like an l and a small one does not. */
    private static Set<String> skeletons(String letters) {
        var skeletons = new HashSet<String>();
        if (letters.isEmpty()) return skeletons;
        var read = new StringBuilder(letters);
        for (int i = 0; i < read.length(); i++) {
            int sign = SIGNS.indexOf(read.charAt(i));
            if (sign >= 0) read.setCharAt(i, THEIR_LETTERS.charAt(sign));
        }
        skeletons.add(fold(CHECKER.getSkeleton(letters)));
        skeletons.add(fold(CHECKER.getSkeleton(fold(letters))));
        skeletons.add(fold(CHECKER.getSkeleton(fold(read.toString()))));
        return skeletons;
    }

    private static String fold(String text) {
        return NFKD.normalize(text).toLowerCase(Locale.ROOT);
    }
}
