package dev.parley.interop;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;

/** Where the sentences of a text begin and end, by the rules of Unicode (UAX 29) for its language. */
final class Sentences {

    /** A comment has a few; thousands of one letter each would multiply the work and the answer. */
    static final int MOST = 200;

    /** In UTF-16 units; the end is exclusive, without the white space behind. */
    record Part(int begin, int end) {}

    private Sentences() {}

    /** At least one, for a text that is not blank; at most {@value #MOST}, the last then holding the rest. */
    static List<Part> of(String text, String language) {
        var breaks = BreakIterator.getSentenceInstance(ULocale.forLanguageTag(language));
        breaks.setText(text);
        var parts = new ArrayList<Part>();
        for (int from = breaks.first(), to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
            int begin = from;
            if (parts.size() == MOST - 1) {
                to = breaks.last();
            }
            int end = to;
            while (begin < end && Character.isWhitespace(text.charAt(begin))) {
                begin++;
            }
            while (end > begin && Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
            if (end > begin) {
                parts.add(new Part(begin, end));
            }
        }
        return parts;
    }
}
