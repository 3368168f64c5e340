package dev.parley.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import opennlp.tools.langdetect.LanguageDetectorFactory;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.langdetect.ThreadSafeLanguageDetectorME;

/**
 * The language of a text by OpenNLP's own model, or {@value #UNDETERMINED} where an answer would be a guess.
 * Thread-safe.
 */
public final class LanguageDetector {
    /** The ISO 639-2 code for a text whose language cannot be told: short, mixed, or no words at all. */
    public static final String UNDETERMINED = "und";

    private static final String MODEL = "/langdetect-183.bin";
    private static final String PART = "langdetect.model";
    private static final int FEWEST_LETTERS = 24;
    private static final int FEWEST_WORDS = 4;
    private static final int MOST_CHARACTERS = 300;

    /** The model spreads its belief over 103 languages; on comments of 24 letters and more this lead was right. */
    private static final double CLEAR_LEAD = 1.12;

    private static final int FEWEST_COMMON = 2;
    private static final int LONGEST_COMMON = 7;

    private static final Set<String> ENGLISH =
            Set.of(
                    ("the and you your youre are that this with have has they their would should because what which there"
                                    + " from been about will just people its dont cant isnt were these those who why how"
                                    + " my of be but when it not think know them then than could did does doesnt didnt thats"
                                    + " im ive wont get got good only any other him his she into never here really make"
                                    + " going need back out")
                            .split(" "));

    /** Languages that a comment may be said to be in; the model also knows rare ones, which it often means wrongly. */
    private static final Set<String> COMMON =
            Set.of(
                    ("af ar az be bg bn ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk ko la lt lv"
                                    + " mk mr ms nl nn nb no pl pt ro ru sk sl sq sr sv ta te th tl tr uk ur uz vi zh")
                            .split(" "));

    private static final Map<String, String> TWO_LETTERS = twoLetterCodes();

    private final ThreadSafeLanguageDetectorME detector;

    /** Loads the model from the class path; fails if it is not there. */
    public LanguageDetector() {
        try (InputStream in = LanguageDetector.class.getResourceAsStream(MODEL)) {
            if (in == null) throw new IllegalStateException("missing " + MODEL);
            var model = new FlatModel(new MaxentFile(in.readAllBytes(), PART));
            detector =
                    new ThreadSafeLanguageDetectorME(
                            new LanguageDetectorModel(model, Map.of(), new LanguageDetectorFactory()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> twoLetterCodes() {
        var codes = new HashMap<String, String>();
        for (var language : Locale.getISOLanguages()) codes.put(Locale.of(language).getISO3Language(), language);
        codes.put("nob", "no");
        codes.put("nno", "no");
        codes.put("cmn", "zh");
        codes.put("pes", "fa");
        codes.put("ekk", "et");
        codes.put("lvs", "lv");
        return codes;
    }

    /**
     * The language of a text.
     *
     * @return an ISO 639-1 code, or {@value #UNDETERMINED}
     */
    public String detect(String text) {
        return detect(text, Normaliser.normalise(text));
    }

    /**
     * The language of a text of which the folded copy is at hand. Letters are counted in the folded copy, so that a
     * look-alike of another script does not change the language.
     */
    public String detect(String text, NormalisedText folded) {
        var letters = Letters.ofWords(text, folded);
        var sure = letters.onlyLanguage();
        if (sure != null) return sure;
        if (letters.isLatin() && looksEnglish(folded.text())) return "en";
        if (letters.count() < FEWEST_LETTERS || letters.isMixed()) return UNDETERMINED;
        if (folded.text().chars().filter(c -> c == ' ').count() <= FEWEST_WORDS) return UNDETERMINED;
        boolean disguised = letters.isLatin() && !Letters.of(text).isLatin();
        return ask(disguised ? folded.text() : text, letters);
    }

    /** Whether a text of undetermined language may be in this one, judged by its script alone. */
    public static boolean mayBe(String text, NormalisedText folded, String language) {
        int script = Letters.scriptOf(language);
        var written = Letters.asWritten(text, folded);
        if (written.count() > 0 && written.share(script) == 0) return false;
        var letters = Letters.ofWords(text, folded);
        return letters.count() == 0 || letters.share(script) >= Letters.MAIN;
    }

    /** Common words that no other language writes the same way often: certain, and far cheaper than the model. */
    private static boolean looksEnglish(String folded) {
        int words = 0;
        int english = 0;
        for (int start = 1, end; start < Math.min(folded.length(), MOST_CHARACTERS); start = end + 1) {
            end = folded.indexOf(' ', start);
            if (end < 0) break;
            words++;
            if (end - start <= LONGEST_COMMON && ENGLISH.contains(folded.substring(start, end))) english++;
        }
        return english >= FEWEST_COMMON && english * 6 >= words;
    }

    private String ask(String text, Letters letters) {
        int end = Math.min(text.length(), MOST_CHARACTERS);
        var guesses = detector.predictLanguages(text.substring(0, end).toLowerCase(Locale.ROOT));
        String best = null;
        double first = 0;
        for (var guess : guesses) {
            var language = TWO_LETTERS.get(guess.getLang());
            if (language == null || !COMMON.contains(language)) continue;
            if (Letters.scriptOf(language) != letters.main()) continue;
            if (best == null) {
                best = language;
                first = guess.getConfidence();
            } else {
                return first >= CLEAR_LEAD * guess.getConfidence() ? best : UNDETERMINED;
            }
        }
        return best == null ? UNDETERMINED : best;
    }
}
