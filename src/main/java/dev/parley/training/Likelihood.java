package dev.parley.training;

import opennlp.tools.ml.maxent.quasinewton.Function;
import opennlp.tools.ml.maxent.quasinewton.QNMinimizer;

/**
 * The negative log-likelihood of binary examples with the cost of the weights' squares, for OpenNLP's quasi-Newton
 * minimiser. The library's own function has a weight for each outcome and whole counts; with one weight a feature and
 * shares of examples it is half the work for the same model.
 */
final class Likelihood implements Function {
    /** The minimiser gives up early on weights of very different freedom; it then begins again where it stopped. */
    private static final int MOST_ROUNDS = 4;

    private static final double SMALL_GAIN = 1e-4;

    /** Keeps the model below from being thrown away for few examples. */
    private static final double BASE_COST = 1;

    private static final int MEMORY = 10;
    private static final int MOST_EVALUATIONS = 30_000;

    private final Examples examples;
    private final double l2Cost;
    private final double[] start;
    private final double[] point;
    private final double[] gradient;

    private Likelihood(Examples examples, double l2Cost, double[] start) {
        this.examples = examples;
        this.l2Cost = l2Cost;
        this.start = start;
        this.point = new double[start.length];
        this.gradient = new double[start.length];
    }

    /** The weights, one a column, that explain the examples best at this cost. */
    static double[] fit(Examples examples, Settings settings) {
        var weights = new double[examples.columns()];
        double before = Double.POSITIVE_INFINITY;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            var function = new Likelihood(examples, settings.l2Cost(), weights);
            double value = function.valueAt(new double[weights.length]);
            if (before - value < SMALL_GAIN * value) break;
            before = value;
            var minimiser = new QNMinimizer(0, 0, settings.iterations(), MEMORY, MOST_EVALUATIONS);
            weights = function.moved(minimiser.minimize(function)).clone();
        }
        return weights;
    }

    /** The same without the library's minimiser: nearly the same weights, and nothing for the collector to stop for. */
    static double[] fitQuietly(Examples examples, Settings settings) {
        var function = new Likelihood(examples, settings.l2Cost(), new double[examples.columns()]);
        return QuasiNewton.minimise(function, settings.iterations());
    }

    @Override
    public int getDimension() {
        return start.length;
    }

    private double[] moved(double[] by) {
        for (int i = 0; i < point.length; i++) point[i] = start[i] + by[i];
        return point;
    }

    @Override
    public double valueAt(double[] by) {
        var weights = moved(by);
        double value = 0;
        for (int i = 2; i < weights.length; i++) value += weights[i] * weights[i]; // the bias costs nothing
        value = value * l2Cost + BASE_COST * weights[Examples.BASE] * weights[Examples.BASE];
        for (int row = 0; row < examples.size(); row++) {
            double odds = examples.logOdds(row, weights);
            value += examples.yes(row) * logOnePlusExp(-odds) + examples.no(row) * logOnePlusExp(odds);
        }
        return value;
    }

    @Override
    public double[] gradientAt(double[] by) {
        var weights = moved(by);
        for (int i = 2; i < weights.length; i++) gradient[i] = 2 * l2Cost * weights[i];
        gradient[Examples.BIAS] = 0;
        gradient[Examples.BASE] = 2 * BASE_COST * weights[Examples.BASE];
        for (int row = 0; row < examples.size(); row++) {
            double p = 1 / (1 + Math.exp(-examples.logOdds(row, weights)));
            examples.addTo(gradient, row, p * (examples.yes(row) + examples.no(row)) - examples.yes(row));
        }
        return gradient;
    }

    private static double logOnePlusExp(double x) {
        return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
    }
}
