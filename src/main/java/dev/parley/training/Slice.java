package dev.parley.training;

import org.jspecify.annotations.Nullable;

/**
 * How a model did on some of the texts.
 *
 * @param name of these texts
 * @param n texts
 * @param positives of them
 * @param measures null where only one kind is there
 */
record Slice(String name, int n, long positives, @Nullable Measures measures) {
    static final double RECALL = 0.8;
    static final double HALF = 0.5;

    /**
     * The measures, each 0 to 1.
     *
     * @param auc chance that a text with it is above one without
     * @param aucLow lower end of its 95 % interval
     * @param aucHigh upper end
     * @param averagePrecision area under precision over recall
     * @param bestF1 at the threshold that is best on these texts
     * @param f1 at .5
     * @param precision at the threshold that catches 80 %
     * @param calibrationError how far scores are from shares
     * @param brier mean squared distance from the truth
     */
    record Measures(
            double auc,
            double aucLow,
            double aucHigh,
            double averagePrecision,
            double bestF1,
            double f1,
            double precision,
            double calibrationError,
            double brier) {}

    static Slice of(String name, Judged judged) {
        if (!judged.hasBoth()) return new Slice(name, judged.size(), judged.positives(), null);
        var interval = judged.aucInterval();
        return new Slice(
                name,
                judged.size(),
                judged.positives(),
                new Measures(
                        judged.auc(),
                        interval.low(),
                        interval.high(),
                        judged.averagePrecision(),
                        judged.bestF1(),
                        judged.f1(HALF),
                        judged.at(judged.thresholdForRecall(RECALL)).precision(),
                        judged.calibrationError(),
                        judged.brier()));
    }
}
