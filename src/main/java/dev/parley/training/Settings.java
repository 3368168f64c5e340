package dev.parley.training;

import dev.parley.scoring.Features;

/**
 * How a model is trained.
 *
 * @param shape which features a text has; a model can only be shipped if it is {@link Features#SHAPE}
 * @param cutoff features in fewer texts than this teach only those texts, and are left out
 * @param l2Cost cost of a weight's square, per example of weight one
 * @param naiveBayes how far a feature's freedom follows its Naive Bayes log-count ratio: 0 not at all, 1 in proportion
 *     (Wang and Manning, "Baselines and Bigrams: Simple, Good Sentiment and Topic Classification", 2012)
 * @param withinSources whether the ratio is taken as if all sources had the same share of texts for the attribute
 * @param iterations of the quasi-Newton method, at most
 */
record Settings(
        Features.Shape shape, int cutoff, double l2Cost, double naiveBayes, boolean withinSources, int iterations) {
    /** The best by search over the English toxicity data; docs/models.md shows the others. */
    static final Settings BEST = new Settings(Features.SHAPE, 5, 2, 1, true, 100);

    /** The best where examples are few: there rarer features count. */
    static final Settings BEST_FOR_FEW = new Settings(Features.SHAPE, 3, 2, 1, true, 100);

    /** Very few say less about each feature. */
    static final Settings BEST_FOR_VERY_FEW = new Settings(Features.SHAPE, 3, 4, 1, true, 100);

    /** Where sources were gathered for a group of people or a kind of hate, their shares say something. */
    static final Settings BEST_ACROSS_SOURCES = new Settings(Features.SHAPE, 5, 2, 1, false, 100);

    /** For spam the ratios of few messages mislead. */
    static final Settings BEST_FOR_SPAM = new Settings(Features.SHAPE, 3, 0.25, 0, false, 100);

    /** Below this many examples they are few. */
    static final int FEW = 10_000;

    /** Below this many they are very few. */
    static final int VERY_FEW = 4_000;

    @Override
    public String toString() {
        return "words%s, pieces of %d to %d characters, cutoff %d, L2 %s, Naive Bayes %s%s, %d iterations"
                .formatted(
                        shape.pairs() ? " and pairs" : "",
                        shape.shortestPiece(),
                        shape.longestPiece(),
                        cutoff,
                        l2Cost,
                        naiveBayes,
                        withinSources ? " within sources" : "",
                        iterations);
    }
}
