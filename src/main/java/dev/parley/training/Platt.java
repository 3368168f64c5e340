package dev.parley.training;

import dev.parley.scoring.Calibration;

/**
 * Fits a {@link Calibration} by Newton's method on the smoothed targets of Platt (1999), straight or, where enough
 * comments say so, bent.
 */
final class Platt {
    private static final int STEPS = 100;
    private static final double CLOSE = 1e-10;

    /** Beyond half of the slope, a handful of wrong labels would keep any text from a high score. */
    private static final double[] BENDS = {0.1, 0.2, 0.3, 0.4, 0.5};

    /** Fewer comments with the attribute do not say whether the line is bent. */
    private static final int ENOUGH = 100;

    /** By how much a bent line must explain the comments better, in log-likelihood, to be worth its parameter. */
    private static final double WORTH = 2;

    private final double[] raw;
    private final boolean[] yes;

    /** How much a comment with the attribute counts, and one without. */
    private final double weightYes;

    private final double weightNo;

    /** What a comment with the attribute, and one without, should score: not quite 1 and 0. */
    private final double high;

    private final double low;

    private Platt(double[] raw, boolean[] yes, int positives, double prior) {
        this.raw = raw;
        this.yes = yes;
        double share = (double) positives / yes.length;
        weightYes = Double.isNaN(prior) ? 1 : prior / share;
        weightNo = Double.isNaN(prior) ? 1 : (1 - prior) / (1 - share);
        high = (positives + 1.0) / (positives + 2.0);
        low = 1.0 / (yes.length - positives + 2.0);
    }

    /**
     * The calibration of these log-odds.
     *
     * @param prior the share of positives to calibrate for where that of the texts was chosen by who gathered them; NaN
     *     takes theirs
     */
    static Calibration fit(double[] raw, boolean[] yes, double prior) {
        int positives = 0;
        for (boolean one : yes) if (one) positives++;
        var texts = new Platt(raw, yes, positives, prior);
        var best = texts.fit(0);
        if (positives < ENOUGH) return best;
        double least = texts.surprise(best) - WORTH;
        for (double bend : BENDS) {
            var bent = texts.fit(bend);
            double surprise = texts.surprise(bent);
            if (surprise >= least) continue;
            least = surprise;
            best = bent;
        }
        return best;
    }

    /** The negative log-likelihood of what people said, by the calibrated scores. */
    private double surprise(Calibration calibration) {
        double sum = 0;
        for (int i = 0; i < raw.length; i++) {
            double odds = calibration.logOdds(raw[i]);
            sum += yes[i] ? weightYes * Math.log1p(Math.exp(-odds)) : weightNo * Math.log1p(Math.exp(odds));
        }
        return sum;
    }

    private Calibration fit(double bend) {
        double a = 1;
        double b = 0;
        for (int step = 0; step < STEPS; step++) {
            double ga = 0, gb = 0, haa = 1e-9, hab = 0, hbb = 1e-9;
            for (int i = 0; i < raw.length; i++) {
                double x = Calibration.bent(raw[i], bend);
                double p = 1 / (1 + Math.exp(-(a * x + b)));
                double times = yes[i] ? weightYes : weightNo;
                double error = times * (p - (yes[i] ? high : low));
                double weight = times * p * (1 - p);
                ga += error * x;
                gb += error;
                haa += weight * x * x;
                hab += weight * x;
                hbb += weight;
            }
            double determinant = haa * hbb - hab * hab;
            double da = (hbb * ga - hab * gb) / determinant;
            double db = (haa * gb - hab * ga) / determinant;
            double size = Math.max(1, Math.max(Math.abs(da), Math.abs(db)));
            a -= da / size;
            b -= db / size;
            if (Math.abs(da) + Math.abs(db) < CLOSE) break;
        }
        if (a <= 0) throw new IllegalStateException("the model ranks the wrong way round");
        return new Calibration(a, b, bend);
    }
}
