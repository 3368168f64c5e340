package dev.parley.interop;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code comments:analyze}. Offsets are UTF-16 units of the comment's text; of HTML, those of what a
 * person would read of it.
 *
 * @param attributeScores by name as requested; null if none reached its threshold
 * @param languages those of the request, or what was taken for the text's
 * @param detectedLanguages what the text seems to be in; {@code und} if that could not be told
 */
record Analysis(
        @Nullable Map<String, AttributeScores> attributeScores,
        List<String> languages,
        List<String> detectedLanguages,
        @Nullable String clientToken) {

    /** Of one attribute: of the parts, and of all. */
    record AttributeScores(List<SpanScore> spanScores, Value summaryScore) {}

    /** Of a part of the text. */
    record SpanScore(int begin, int end, Value score) {}

    /** A probability, 0 to 1. */
    record Value(double value, String type) {
        static Value of(double probability) {
            return new Value(probability, "PROBABILITY");
        }
    }
}
