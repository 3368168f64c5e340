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
 * @param iterations of the quasi-Newton method, at most
 */
record Settings(Features.Shape shape, int cutoff, double l2Cost, double naiveBayes, int iterations) {
    /** The best by search over the English toxicity data; docs/models.md shows the others. */
    static final Settings BEST = new Settings(Features.SHAPE, 5, 2, 1, 100);

    /** The best where examples are few: there rarer features count. */
    static final Settings BEST_FOR_FEW = new Settings(Features.SHAPE, 3, 2, 1, 100);

    /** For spam the ratios of few messages mislead. */
    static final Settings BEST_FOR_SPAM = new Settings(Features.SHAPE, 3, 1, 0, 100);

    /** Below this many examples they are few. */
    static final int FEW = 10_000;

    @Override
    public String toString() {
        return "words%s, pieces of %d to %d characters, cutoff %d, L2 %s, Naive Bayes %s, %d iterations"
                .formatted(
                        shape.pairs() ? " and pairs" : "",
                        shape.shortestPiece(),
                        shape.longestPiece(),
                        cutoff,
                        l2Cost,
                        naiveBayes,
                        iterations);
    }
}
