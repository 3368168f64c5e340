package dev.parley.scoring;

/**
 * A part of the original text and what it did to a score.
 *
 * @param start where it begins in the original, in UTF-16 units
 * @param end where it ends, exclusive
 * @param contribution what it added to the calibrated log-odds; exact, because the model is linear, and where
 *     calibration is bent all words of a text share the bend alike
 */
public record Span(int start, int end, double contribution) {

    Span rounded() {
        return new Span(start, end, Math.round(contribution * 1e4) / 1e4);
    }
}
