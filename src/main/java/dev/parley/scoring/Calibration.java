package dev.parley.scoring;

/**
 * Turns a model's log-odds into a probability that holds on comments as they come (Platt, "Probabilistic outputs for
 * support vector machines", 1999).
 *
 * @param slope factor on the log-odds; positive, so that the order stays
 * @param intercept added to it
 */
public record Calibration(double slope, double intercept) {
    /** The model's own probability. */
    public static final Calibration NONE = new Calibration(1, 0);

    /** The calibrated log-odds. */
    public double logOdds(double raw) {
        return slope * raw + intercept;
    }

    /** The calibrated probability, 0 to 1. */
    public double probability(double raw) {
        return 1 / (1 + Math.exp(-logOdds(raw)));
    }
}
