package dev.parley.interop;

import dev.parley.scoring.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the models said of one text.
 *
 * @param id as the caller sent it; null if there was none
 * @param language ISO 639-1 code as detected, or {@code und} where it could not be told
 * @param scored whether there was a toxicity model for it; if not, silence means nothing
 * @param scores by attribute; those asked for that are known in the language
 */
record ScoredText(@Nullable String id, String language, boolean scored, Map<String, AttributeScore> scores) {

    /**
     * What one model said.
     *
     * @param value calibrated probability, 0 to 1
     * @param confidence {@code normal}, or {@code low} for a model made from few examples; null if that is not known
     * @param spans the words that raised the score most, in UTF-16 units of the text as sent; null if not asked for
     */
    record AttributeScore(double value, @Nullable String confidence, String modelVersion, @Nullable List<Span> spans) {}
}
