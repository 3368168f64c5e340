package dev.parley.training;

import dev.parley.scoring.Calibration;

/** Fits a {@link Calibration} by Newton's method on the smoothed targets of Platt (1999). */
final class Platt {
    private static final int STEPS = 100;
    private static final double CLOSE = 1e-10;

    private Platt() {}

    /**
     * The calibration of these log-odds.
     *
     * @param prior the share of positives to calibrate for where that of the texts was chosen by who gathered them; NaN
     *     takes theirs
     */
    static Calibration fit(double[] raw, boolean[] yes, double prior) {
        int positives = 0;
        for (boolean one : yes) if (one) positives++;
        double share = (double) positives / yes.length;
        double weightYes = Double.isNaN(prior) ? 1 : prior / share;
        double weightNo = Double.isNaN(prior) ? 1 : (1 - prior) / (1 - share);
        double high = (positives + 1.0) / (positives + 2.0);
        double low = 1.0 / (yes.length - positives + 2.0);
        double a = 1;
        double b = 0;
        for (int step = 0; step < STEPS; step++) {
            double ga = 0, gb = 0, haa = 1e-9, hab = 0, hbb = 1e-9;
            for (int i = 0; i < raw.length; i++) {
                double p = 1 / (1 + Math.exp(-(a * raw[i] + b)));
                double times = yes[i] ? weightYes : weightNo;
                double error = times * (p - (yes[i] ? high : low));
                double weight = times * p * (1 - p);
                ga += error * raw[i];
                gb += error;
                haa += weight * raw[i] * raw[i];
                hab += weight * raw[i];
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
        return new Calibration(a, b);
    }
}
