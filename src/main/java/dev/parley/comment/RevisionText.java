package dev.parley.comment;

import org.jspecify.annotations.Nullable;

/**
 * What was written, and what was thought of it.
 *
 * @param language ISO 639-1, or {@code und}
 * @param scores JSON of the scores with model versions and explaining spans
 * @param models short name of the set of models that made the scores; null if there are none
 * @param signals JSON of the signals
 * @param decision JSON of the decision with its reasons and the policy versions
 */
public record RevisionText(
        String body, String language, String scores, @Nullable String models, String signals, String decision) {}
