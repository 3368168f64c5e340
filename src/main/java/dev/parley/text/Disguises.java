package dev.parley.text;

import com.ibm.icu.text.SpoofChecker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
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

    private static final Disguises ENGLISH = new Disguises(words("/models/abuse-words.en.txt"));

    private final Set<String> known;
    private final Map<Integer, List<String>> knownByLength = new HashMap<>();
    private final Map<String, String> swapped = new HashMap<>();

    private Disguises(Set<String> known) {
        this.known = known;
        for (var word : known.stream().sorted().toList()) {
            knownByLength.computeIfAbsent(word.length(), _ -> new ArrayList<>()).add(word);
            for (int i = 0; word.length() > 3 && i + 1 < word.length(); i++) {
                var other = word.substring(0, i) + word.charAt(i + 1) + word.charAt(i) + word.substring(i + 2);
                if (!known.contains(other) && !PROPER.contains(other)) swapped.putIfAbsent(other, word);
            }
        }
    }

    static Disguises english() {
        return ENGLISH;
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
        unmixScripts(word, latinText);
        readSigns(word);
        shrinkRepeats(word);
        if (word.indexOf('*') >= 0) unmask(word);
        unswap(word);
    }

    private static void unmixScripts(Word word, boolean latinText) {
        int latin = 0;
        int others = 0;
        int onlyOther = 0;
        int onlyLatin = 0;
        int loose = 0;
        for (int i = 0; i < word.length(); i++) {
            int cp = word.at(i);
            if (cp >= 'a' && cp <= 'z') {
                latin++;
                if (!TO_CYRILLIC.containsKey(cp)) onlyLatin++;
            } else if (Character.isLetter(cp)) {
                others++;
                if (toLatin(cp) == cp) onlyOther++;
                if (!isClose(cp)) loose++;
            }
        }
        if (others == 0) return;
        if (onlyOther == 0 && (latin > 0 || (latinText && loose == 0))) {
            for (int i = 0; i < word.length(); i++) word.set(i, toLatin(word.at(i)));
        } else if (latin > 0 && onlyLatin == 0) {
            for (int i = 0; i < word.length(); i++) word.set(i, TO_CYRILLIC.getOrDefault(word.at(i), word.at(i)));
        }
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
            for (int i = 0; i < word.length(); i++) word.set(i, letter(word.at(i), one));
        } else {
            stripSigns(word);
        }
    }

    private static int letter(int cp, char one) {
        if (cp == '1' || cp == '!' || cp == '|') return one;
        return LEET.containsKey(cp) ? LEET.get(cp) : cp;
    }

    private static String read(Word word, char one) {
        var read = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) read.appendCodePoint(letter(word.at(i), one));
        return read.toString();
    }

    private static void stripSigns(Word word) {
        for (int i = word.length() - 1; i >= 0; i--) {
            int cp = word.at(i);
            if (cp != '*' && !Character.isLetterOrDigit(cp) && LEET.containsKey(cp)) word.remove(i);
        }
    }

    private static void shrinkRepeats(Word word) {
        for (int i = 0; i + 2 < word.length(); ) {
            int end = i + 1;
            while (end < word.length() && word.at(end) == word.at(i)) end++;
            if (end - i > 2 && Character.isLetter(word.at(i))) {
                int keep = DOUBLED.indexOf(word.at(i)) >= 0 ? 2 : 1;
                word.remove(i + keep, end);
                end = i + keep;
            }
            i = end;
        }
    }

    private void unmask(Word word) {
        for (var candidate : knownByLength.getOrDefault(word.length(), List.of())) {
            if (matchesMask(word, candidate)) {
                for (int i = 0; i < word.length(); i++) word.set(i, candidate.charAt(i));
                return;
            }
        }
    }

    private static boolean matchesMask(Word word, String candidate) {
        int seen = 0;
        for (int i = 0; i < word.length(); i++) {
            if (word.at(i) == '*') continue;
            if (word.at(i) != candidate.charAt(i)) return false;
            seen++;
        }
        return seen * 2 >= candidate.length();
    }

    private void unswap(Word word) {
        if (word.length() < 4 || word.length() > 16) return;
        @Nullable String meant = swapped.get(word.toString());
        if (meant == null) return;
        for (int i = 0; i < word.length(); i++) word.set(i, meant.charAt(i));
    }
}
