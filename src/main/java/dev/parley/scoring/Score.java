package dev.parley.scoring;

import java.util.List;

/**
 * What one model said about a text.
 *
 * @param attribute such as {@code toxicity}
 * @param value calibrated probability, 0 to 1
 * @param modelVersion which model said so
 * @param spans the words that raised the score most, strongest first; at most five, none if nothing raised it or they
 *     were left out
 */
public record Score(String attribute, double value, String modelVersion, List<Span> spans) {
    public Score {
        spans = List.copyOf(spans);
    }

    /** The same with its words, whose contributions are rounded to four decimals, or without any. */
    Score toKeep(boolean words) {
        return new Score(
                attribute, value, modelVersion, words ? spans.stream().map(Span::rounded).toList() : List.of());
    }
}
