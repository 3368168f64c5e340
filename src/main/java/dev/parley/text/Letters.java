package dev.parley.text;

import com.ibm.icu.lang.UScript;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many letters of which script a text has; a sign for a syllable or a word counts as two. */
final class Letters {
    /** With less than this share of its main script a text is mixed, and no model for any script may judge it. */
    static final double MAIN = 0.7;

    /** Languages that do not use the Latin script, as far as scripts alone can tell. */
    private static final Map<String, Integer> SCRIPTS =
            Map.ofEntries(
                    Map.entry("ru", UScript.CYRILLIC),
                    Map.entry("uk", UScript.CYRILLIC),
                    Map.entry("be", UScript.CYRILLIC),
                    Map.entry("bg", UScript.CYRILLIC),
                    Map.entry("sr", UScript.CYRILLIC),
                    Map.entry("mk", UScript.CYRILLIC),
                    Map.entry("kk", UScript.CYRILLIC),
                    Map.entry("ar", UScript.ARABIC),
                    Map.entry("fa", UScript.ARABIC),
                    Map.entry("ur", UScript.ARABIC),
                    Map.entry("he", UScript.HEBREW),
                    Map.entry("el", UScript.GREEK),
                    Map.entry("hy", UScript.ARMENIAN),
                    Map.entry("ka", UScript.GEORGIAN),
                    Map.entry("hi", UScript.DEVANAGARI),
                    Map.entry("mr", UScript.DEVANAGARI),
                    Map.entry("bn", UScript.BENGALI),
                    Map.entry("ta", UScript.TAMIL),
                    Map.entry("te", UScript.TELUGU),
                    Map.entry("th", UScript.THAI),
                    Map.entry("ko", UScript.HANGUL),
                    Map.entry("ja", UScript.HAN),
                    Map.entry("zh", UScript.HAN));

    private final int[] counts;
    private final int total;
    private final int main;
    private final boolean ukrainian;
    private final boolean russian;
    private final boolean kana;

    private Letters(int[] counts, int total, boolean ukrainian, boolean russian, boolean kana) {
        this.counts = counts;
        this.total = total;
        this.ukrainian = ukrainian;
        this.russian = russian;
        this.kana = kana;
        int most = UScript.LATIN;
        for (int script = 0; script < counts.length; script++) if (counts[script] > counts[most]) most = script;
        this.main = most;
    }

    static Letters of(String text) {
        var counts = new int[UScript.CODE_LIMIT];
        int total = 0;
        boolean ukrainian = false;
        boolean russian = false;
        boolean kana = false;
        for (int i = 0, cp; i < text.length(); i += Character.charCount(cp)) {
            cp = text.codePointAt(i);
            if (cp < 0x80 ? (cp | 0x20) < 'a' || (cp | 0x20) > 'z' : !Character.isLetter(cp)) continue;
            int script = cp < 0x80 ? UScript.LATIN : UScript.getScript(cp);
            if (script == UScript.HIRAGANA || script == UScript.KATAKANA) {
                kana = true;
                script = UScript.HAN;
            }
            ukrainian |= "іїєґ".indexOf(cp) >= 0;
            russian |= "ыэёъ".indexOf(cp) >= 0;
            int weight = script == UScript.HAN || script == UScript.HANGUL ? 2 : 1; // a syllable or a word each
            counts[script] += weight;
            total += weight;
        }
        return new Letters(counts, total, ukrainian, russian, kana);
    }

    /** Letters of the words that the writer chose: names of accounts and hosts say nothing about a language. */
    static Letters ofWords(String text, NormalisedText folded) {
        var words = new StringBuilder(folded.text().length());
        var links = folded.links();
        int link = 0;
        for (int start = 1, end; start < folded.text().length(); start = end + 1) {
            end = folded.text().indexOf(' ', start);
            int from = folded.originalStart(start);
            while (link < links.size() && links.get(link).end() <= from) link++;
            boolean inLink = link < links.size() && links.get(link).start() <= from;
            boolean mention = text.charAt(from) == '@' || (from > 0 && text.charAt(from - 1) == '@');
            if (!inLink && !mention) words.append(folded.text(), start, end);
        }
        return of(words.toString());
    }

    /** The same of the text as it was written, before any look-alike was read as another letter. */
    static Letters asWritten(String text, NormalisedText folded) {
        var words = new StringBuilder(text.length());
        int from = 0;
        for (var link : folded.links()) {
            if (link.start() < from) continue;
            appendWithoutMentions(words, text, from, link.start());
            from = link.end();
        }
        appendWithoutMentions(words, text, from, text.length());
        return of(words.toString());
    }

    private static void appendWithoutMentions(StringBuilder words, String text, int from, int to) {
        boolean mention = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            mention = c == '@' || (mention && (Character.isLetterOrDigit(c) || c == '_'));
            if (!mention) words.append(c);
        }
    }

    /** The script that a language is written in; Latin unless known better. */
    static int scriptOf(String language) {
        return SCRIPTS.getOrDefault(language, UScript.LATIN);
    }

    int count() {
        return total;
    }

    int main() {
        return main;
    }

    double share(int script) {
        return total == 0 ? 0 : (double) counts[script] / total;
    }

    boolean isLatin() {
        return main == UScript.LATIN && !isMixed();
    }

    boolean isMixed() {
        return share(main) < MAIN;
    }

    /** The language that the script leaves no doubt about, if there is one. */
    @Nullable String onlyLanguage() {
        if (total == 0 || isMixed()) return null;
        return switch (main) {
            case UScript.HAN -> kana ? "ja" : "zh";
            case UScript.HANGUL -> "ko";
            case UScript.HEBREW -> "he";
            case UScript.GREEK -> "el";
            case UScript.ARMENIAN -> "hy";
            case UScript.GEORGIAN -> "ka";
            case UScript.THAI -> "th";
            case UScript.TAMIL -> "ta";
            case UScript.TELUGU -> "te";
            case UScript.BENGALI -> "bn";
            case UScript.CYRILLIC -> ukrainian && !russian ? "uk" : null;
            default -> null;
        };
    }
}
