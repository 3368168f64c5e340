package dev.parley.scoring;

/**
 * Turns a model's log-odds into a probability that holds on comments as they come (Platt, "Probabilistic outputs for
 * support vector machines", 1999). A model that is trained on more abuse than a forum sees rises more steeply below
 * even odds than above: labels are never all right, so the highest scores are less sure than its weights say. For that
 * the line may be bent there, as in beta calibration (Kull, Silva Filho and Flach, 2017).
 *
 * @param slope factor on the log-odds; positive, so that the order stays
 * @param intercept added to it
 * @param bend how much of the slope is lost from far below even odds to far above; 0 (straight) to below 1
 */
public record Calibration(double slope, double intercept, double bend) {
    /** The model's own probability. */
    public static final Calibration NONE = new Calibration(1, 0, 0);

    private static final double SAME = 1e-6;

    /** The calibrated log-odds. */
    public double logOdds(double raw) {
        return slope * bent(raw, bend) + intercept;
    }

    /** Log-odds that lose a part of what lies above even odds. */
    public static double bent(double raw, double bend) {
        if (bend == 0) return raw;
        double above = Math.max(raw, 0) + Math.log1p(Math.exp(-Math.abs(raw)));
        return raw - bend * above;
    }

    /** The calibrated probability, 0 to 1. */
    public double probability(double raw) {
        return 1 / (1 + Math.exp(-logOdds(raw)));
    }

    /**
     * How far the calibrated log-odds move for each step of the model's own, on the way from one value to another: what
     * the words of a text add up to, times this, is the way from the score of no words to that of the text.
     */
    public double steepness(double from, double to) {
        if (bend == 0) return slope;
        if (Math.abs(to - from) < SAME) return slope * (1 - bend / (1 + Math.exp(-from)));
        return (logOdds(to) - logOdds(from)) / (to - from);
    }
}
