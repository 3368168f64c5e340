package dev.parley.interop;

import com.ibm.icu.text.Normalizer2;
import dev.parley.scoring.Span;
import java.util.Arrays;

/**
 * A text in NFC, as the models want it, and the way back to how it was sent: what is found in it is told in offsets of
 * the latter.
 */
final class Composed {

    private static final Normalizer2 NFC = Normalizer2.getNFCInstance();

    private final String text;
    private final int[] starts;
    private final int[] ends;

    private Composed(String text, int[] starts, int[] ends) {
        this.text = text;
        this.starts = starts;
        this.ends = ends;
    }

    static Composed of(String sent) {
        if (NFC.isNormalized(sent)) {
            return new Composed(sent, new int[0], new int[0]);
        }
        var composed = new StringBuilder(sent.length());
        var starts = new int[0];
        var ends = new int[0];
        for (int from = 0; from < sent.length(); ) {
            int to = from + Character.charCount(sent.codePointAt(from));
            while (to < sent.length() && !NFC.hasBoundaryBefore(sent.codePointAt(to))) {
                to += Character.charCount(sent.codePointAt(to));
            }
            int begun = composed.length();
            NFC.normalize(sent.substring(from, to)).chars().forEach(unit -> composed.append((char) unit));
            if (composed.length() > starts.length) {
                starts = Arrays.copyOf(starts, Math.max(64, composed.length() * 2));
                ends = Arrays.copyOf(ends, starts.length);
            }
            Arrays.fill(starts, begun, composed.length(), from);
            Arrays.fill(ends, begun, composed.length(), to);
            from = to;
        }
        return new Composed(composed.toString(), starts, ends);
    }

    String text() {
        return text;
    }

    /** A span of the composed text, in offsets of the text as it was sent; whole letters with all their marks. */
    Span original(Span span) {
        if (starts.length == 0 || span.end() <= span.start()) {
            return span;
        }
        return new Span(starts[span.start()], ends[span.end() - 1], span.contribution());
    }
}
