package dev.parley.text;

import com.ibm.icu.text.SpoofChecker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Last step of normalising, word by word: look-alike letters of other scripts, digits and signs for letters, letters
 * repeated for emphasis, letters starred out, and letters swapped in words that are often hidden.
 */
final class Disguises {
    /** Cyrillic and Greek letters and the Latin ones they are mistaken for. */
    private static final String OTHERS = "аеорсхуукмтнвгісԁѕјһԛԝӏьпигзοαερτυνικχωηβγσсԍʏɡɑ";

    private static final String LATIN = "aeopcxyykmthbricdsjhqwlbnurzoaeptuvikxwnbyocgyga";

    /** Of these, the ones that no reader can tell apart: enough for a word without any Latin letter. */
    private static final String CLOSE = "аеорсхуіԁѕјһԛԝӏοαρτυνικ";

    private static final Map<Integer, Integer> TO_LATIN = new ConcurrentHashMap<>();
    private static final Map<Integer, Integer> TO_CYRILLIC = new HashMap<>();
    private static final Map<Integer, Character> LEET = new HashMap<>();

    /** The same for words of Cyrillic letters. */
    private static final Map<Integer, Character> CYRILLIC_LEET =
            Map.of((int) '0', 'о', (int) '3', 'з', (int) '4', 'ч', (int) '6', 'б', (int) '@', 'а', (int) '$', 'с');

    /** Letters that stand on their heads in texts written upside down, from the last letter to the first. */
    private static final String UPSIDE_DOWN = "ɐɔǝɟƃɥɾʞןɯɹʇʌʍʎ";

    private static final String TURNED = "ɐɔǝɟƃɥɾʞןɯɹʇʌʍʎnupdqb";
    private static final String UPRIGHT = "acefghjklmrtvwyundpbq";

    /** Of words starred out but for the first letter, the one that is meant: by first letter and length. */
    private static final List<String> MEANT =
            List.of(
                    ("fuck fucks fucker fucking shit shitty bitch bitches bastard bullshit cunt cunts dick asshole whore"
                                    + " nigga nigger pussy motherfucker motherfuckers motherfucking")
                            .split(" "));

    /** Spellings that are words of their own by now. */
    private static final Map<String, String> RESPELLED =
            Map.ofEntries(
                    Map.entry("phuck", "fuck"),
                    Map.entry("phuk", "fuck"),
                    Map.entry("fck", "fuck"),
                    Map.entry("fuk", "fuck"),
                    Map.entry("fcking", "fucking"),
                    Map.entry("fuking", "fucking"),
                    Map.entry("fukin", "fucking"),
                    Map.entry("biatch", "bitch"),
                    Map.entry("biotch", "bitch"),
                    Map.entry("beeotch", "bitch"),
                    Map.entry("azzhole", "asshole"),
                    Map.entry("shyt", "shit"));

    /** The longest word that is looked for in pieces. */
    static final int LONGEST_KNOWN = 16;

    static {
        for (int i = 0; i < OTHERS.length(); i++) TO_LATIN.putIfAbsent((int) OTHERS.charAt(i), (int) LATIN.charAt(i));
        var latin = "aeopcxykmthb";
        var cyrillic = "аеорсхукмтнв";
        for (int i = 0; i < latin.length(); i++) TO_CYRILLIC.put((int) latin.charAt(i), (int) cyrillic.charAt(i));
        var signs = "01345789@$!+|";
        var letters = "oieastbgasiti";
        for (int i = 0; i < signs.length(); i++) LEET.put((int) signs.charAt(i), letters.charAt(i));
    }

    private static final SpoofChecker CHECKER = new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();

    /** Letters that English writes twice; others shrink to one when a writer repeats them. */
    private static final String DOUBLED = "eosgltfpmnr";

    /** Proper words that a swapped letter would turn into abuse. */
    private static final Set<String> PROPER =
            Set.of(
                    ("lair carp trial united untied dairy quite silt lust salty sulk form from angle angel sacred clam calm"
                                    + " bolw conut spa asp saint stain satin tards drag sluts lots slot brad dumps")
                            .split(" "));

    private static final Disguises ALL =
            new Disguises(words("/models/abuse-words.en.txt"), words("/models/abuse-words.ru.txt"));

    private final Set<String> known;
    private final Map<Integer, List<String>> knownByLength = new HashMap<>();
    private final Map<String, String> swapped = new HashMap<>();

    private Disguises(Set<String> english, Set<String> russian) {
        known = new HashSet<>(english);
        known.addAll(russian);
        for (var word : known.stream().sorted().toList()) {
            knownByLength.computeIfAbsent(word.length(), _ -> new ArrayList<>()).add(word);
            for (int i = 0; word.length() > 3 && i + 1 < word.length(); i++) {
                var other = word.substring(0, i) + word.charAt(i + 1) + word.charAt(i) + word.substring(i + 2);
                if (!known.contains(other) && !PROPER.contains(other)) swapped.putIfAbsent(other, word);
            }
        }
    }

    /** Of all languages together: their words are in different scripts, and a text may mix them. */
    static Disguises all() {
        return ALL;
    }

    /** Whether the word is one of those that are often hidden. */
    boolean isKnown(String word) {
        return known.contains(word);
    }

    private static Set<String> words(String resource) {
        try (InputStream in = Disguises.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException("missing " + resource);
            return Set.of(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The word without its disguise; the word itself if it wears none. */
    void undo(Word word, boolean latinText) {
        if (word.isPlain()) {
            shrinkRepeats(word);
            unswap(word);
            return;
        }
        turnUpright(word);
        unmixScripts(word, latinText);
        readSigns(word);
        shrinkRepeats(word);
        if (word.indexOf('*') >= 0 || word.indexOf('#') >= 0 || word.indexOf('%') >= 0) unmask(word);
        unswap(word);
    }

    /** Whether a sign may stand for any letter. */
    static boolean isMask(int cp) {
        return cp == '*' || cp == '#' || cp == '%';
    }

    private static void turnUpright(Word word) {
        int turned = 0;
        for (int i = 0; i < word.length(); i++) {
            if (UPSIDE_DOWN.indexOf(word.at(i)) >= 0) turned++;
        }
        if (turned * 3 < word.length()) return;
        for (int i = 0; i < word.length(); i++) {
            int at = TURNED.indexOf(word.at(i));
            if (at >= 0) word.set(i, UPRIGHT.charAt(at));
        }
        word.reverse();
    }

    private static void unmixScripts(Word word, boolean latinText) {
        int latin = 0;
        int others = 0;
        int onlyOther = 0;
        int onlyLatin = 0;
        int loose = 0;
        boolean cyrillic = false;
        for (int i = 0; i < word.length(); i++) {
            int cp = word.at(i);
            if (cp >= 'a' && cp <= 'z') {
                latin++;
                if (!TO_CYRILLIC.containsKey(cp)) onlyLatin++;
            } else if (Character.isLetter(cp)) {
                others++;
                cyrillic |= isCyrillic(cp);
                if (toLatin(cp) == cp) onlyOther++;
                if (!isClose(cp)) loose++;
            }
        }
        if (others == 0) return;
        if (!latinText && cyrillic && latin > 0 && onlyLatin == 0) {
            for (int i = 0; i < word.length(); i++) word.set(i, TO_CYRILLIC.getOrDefault(word.at(i), word.at(i)));
            return;
        }
        if (onlyOther == 0 && (latin > 0 || (latinText && loose == 0))) {
            for (int i = 0; i < word.length(); i++) word.set(i, toLatin(word.at(i)));
        } else if (latin > 0 && onlyLatin == 0) {
            for (int i = 0; i < word.length(); i++) word.set(i, TO_CYRILLIC.getOrDefault(word.at(i), word.at(i)));
        }
    }

    private static boolean isCyrillic(int cp) {
        return cp >= 0x400 && cp < 0x530;
    }

    /** Whether no reader can tell the letter from a Latin one. */
    static boolean isClose(int cp) {
        return CLOSE.indexOf(cp) >= 0;
    }

    /** The Latin letter that this one is mistaken for, by our table or by that of Unicode TR 39; else itself. */
    private static int toLatin(int cp) {
        if (cp < 0x80 || !Character.isLetter(cp) || Character.isIdeographic(cp)) return cp;
        return TO_LATIN.computeIfAbsent(cp, Disguises::latinSkeleton);
    }

    private static int latinSkeleton(int cp) {
        var skeleton = CHECKER.getSkeleton(Character.toString(cp)).toLowerCase(Locale.ROOT);
        boolean latin = skeleton.length() == 1 && skeleton.charAt(0) >= 'a' && skeleton.charAt(0) <= 'z';
        return latin ? skeleton.charAt(0) : cp;
    }

    /** Signs are letters inside a word; at its edge only if a word comes out that is worth hiding. */
    private void readSigns(Word word) {
        int first = -1;
        int last = -1;
        int signs = 0;
        for (int i = 0; i < word.length(); i++) {
            if (Character.isLetter(word.at(i))) {
                if (first < 0) first = i;
                last = i;
            } else if (LEET.containsKey(word.at(i))) {
                signs++;
            }
        }
        if (signs == 0 || first < 0) {
            stripSigns(word);
            return;
        }
        boolean inside = false;
        for (int i = first + 1; i < last; i++)
            inside |= LEET.containsKey(word.at(i)) && !Character.isLetter(word.at(i));
        boolean around = first > 0 && last < word.length() - 1;
        boolean shortZero = last == word.length() - 2 && word.length() <= 3 && word.at(word.length() - 1) == '0';
        if (inside || around || shortZero || known.contains(read(word, 'i')) || known.contains(read(word, 'l'))) {
            char one = !known.contains(read(word, 'i')) && known.contains(read(word, 'l')) ? 'l' : 'i';
            boolean cyrillic = word.has(Disguises::isCyrillic);
            for (int i = 0; i < word.length(); i++) word.set(i, letter(word.at(i), one, cyrillic));
        } else {
            stripSigns(word);
        }
    }

    private static int letter(int cp, char one, boolean cyrillic) {
        if (cyrillic) return CYRILLIC_LEET.containsKey(cp) ? CYRILLIC_LEET.get(cp) : cp;
        if (cp == '1' || cp == '!' || cp == '|') return one;
        return LEET.containsKey(cp) ? LEET.get(cp) : cp;
    }

    private static String read(Word word, char one) {
        var read = new StringBuilder(word.length());
        boolean cyrillic = word.has(Disguises::isCyrillic);
        for (int i = 0; i < word.length(); i++) read.appendCodePoint(letter(word.at(i), one, cyrillic));
        return read.toString();
    }

    private static void stripSigns(Word word) {
        for (int i = word.length() - 1; i >= 0; i--) {
            int cp = word.at(i);
            if (cp != '*' && !Character.isLetterOrDigit(cp) && LEET.containsKey(cp)) word.remove(i);
        }
    }

    private void shrinkRepeats(Word word) {
        boolean repeated = false;
        for (int i = 0; i + 2 < word.length(); ) {
            int end = i + 1;
            while (end < word.length() && word.at(end) == word.at(i)) end++;
            if (end - i > 2 && Character.isLetter(word.at(i))) {
                repeated = true;
                int keep = DOUBLED.indexOf(word.at(i)) >= 0 ? 2 : 1;
                word.remove(i + keep, end);
                end = i + keep;
            }
            i = end;
        }
        if (repeated && word.length() <= LONGEST_KNOWN && !known.contains(word.toString())) dropDoubles(word);
    }

    /** Every letter once, if that makes a word worth hiding. */
    private void dropDoubles(Word word) {
        var once = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            if (i == 0 || word.at(i) != word.at(i - 1)) once.appendCodePoint(word.at(i));
        }
        if (!known.contains(once.toString())) return;
        for (int i = word.length() - 1; i > 0; i--) if (word.at(i) == word.at(i - 1)) word.remove(i);
    }

    /** Stars for letters, or between them. */
    private void unmask(Word word) {
        for (var candidate : knownByLength.getOrDefault(word.length(), List.of())) {
            if (matchesMask(word, candidate, 2)) {
                word.become(candidate);
                return;
            }
        }
        for (var candidate : MEANT) {
            if (candidate.length() == word.length() && matchesMask(word, candidate, word.length())) {
                word.become(candidate);
                return;
            }
        }
        if (word.length() > 2 * LONGEST_KNOWN) return;
        var unstarred = new StringBuilder();
        for (int i = 0; i < word.length(); i++) if (!isMask(word.at(i))) unstarred.appendCodePoint(word.at(i));
        if (unstarred.length() < 3 || !known.contains(unstarred.toString())) return;
        for (int i = word.length() - 1; i >= 0; i--) if (isMask(word.at(i))) word.remove(i);
    }

    /** Whether the word is this one but for its stars, and shows at least one letter in so many. */
    private static boolean matchesMask(Word word, String candidate, int oneIn) {
        int seen = 0;
        for (int i = 0; i < word.length(); i++) {
            if (isMask(word.at(i))) continue;
            if (word.at(i) != candidate.charAt(i)) return false;
            seen++;
        }
        return seen * oneIn >= candidate.length();
    }

    private void unswap(Word word) {
        if (word.length() < 3 || word.length() > LONGEST_KNOWN) return;
        var written = word.toString();
        @Nullable String meant = swapped.get(written);
        if (meant == null) meant = RESPELLED.get(written);
        if (meant != null) word.become(meant);
    }
}
