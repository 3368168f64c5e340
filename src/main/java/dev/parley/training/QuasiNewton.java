package dev.parley.training;

import java.util.ArrayDeque;
import java.util.Deque;
import opennlp.tools.ml.maxent.quasinewton.Function;
import opennlp.tools.ml.maxent.quasinewton.LineSearch;
import opennlp.tools.ml.maxent.quasinewton.LineSearch.LineSearchResult;

/**
 * The limited-memory quasi-Newton method (Nocedal, "Updating quasi-Newton matrices with limited storage", 1980) with
 * OpenNLP's line search. OpenNLP's own minimiser asks for a full collection of the heap each time it is done, which in
 * a process that answers readers would be a pause for all of them, some fifty times a model.
 */
final class QuasiNewton {
    private static final int MEMORY = 10;

    /** Less of the value than this in one step is no step. */
    private static final double SMALL_GAIN = 1e-6;

    /** A step and how the gradient changed by it. */
    private record Update(double[] step, double[] change, double weight) {}

    private final Function function;
    private final Deque<Update> updates = new ArrayDeque<>();

    private QuasiNewton(Function function) {
        this.function = function;
    }

    /** The point near zero where a function is lowest, as near as so many steps lead. */
    static double[] minimise(Function function, int iterations) {
        return new QuasiNewton(function).from(new double[function.getDimension()], iterations);
    }

    private double[] from(double[] start, int iterations) {
        var search =
                LineSearchResult.getInitialObject(function.valueAt(start), function.gradientAt(start).clone(), start);
        for (int i = 0; i < iterations; i++) {
            var direction = direction(search.getGradAtNext());
            double first = i == 0 ? 1 / Math.max(1, length(direction)) : 1;
            double before = search.getValueAtNext();
            LineSearch.doLineSearch(function, direction, search, first);
            remember(search);
            if (before - search.getValueAtNext() <= SMALL_GAIN * Math.abs(before)) break;
        }
        return search.getNextPoint();
    }

    private void remember(LineSearchResult search) {
        var step = difference(search.getNextPoint(), search.getCurrPoint());
        var change = difference(search.getGradAtNext(), search.getGradAtCurr());
        double curvature = product(step, change);
        if (curvature <= 0) return; // it would point uphill
        updates.addLast(new Update(step, change, 1 / curvature));
        if (updates.size() > MEMORY) updates.removeFirst();
    }

    /** Downhill, by what the last steps told of the curvature. */
    private double[] direction(double[] gradient) {
        var direction = gradient.clone();
        var weights = new ArrayDeque<Double>();
        for (var update : updates.reversed()) {
            double weight = update.weight() * product(update.step(), direction);
            weights.addFirst(weight);
            add(direction, update.change(), -weight);
        }
        if (!updates.isEmpty()) {
            var last = updates.getLast();
            double scale = 1 / (last.weight() * product(last.change(), last.change()));
            for (int i = 0; i < direction.length; i++) direction[i] *= scale;
        }
        for (var update : updates) {
            double weight = update.weight() * product(update.change(), direction);
            add(direction, update.step(), weights.removeFirst() - weight);
        }
        for (int i = 0; i < direction.length; i++) direction[i] = -direction[i];
        return direction;
    }

    private static double[] difference(double[] of, double[] and) {
        var difference = new double[of.length];
        for (int i = 0; i < of.length; i++) difference[i] = of[i] - and[i];
        return difference;
    }

    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) sum += one[i] * other[i];
        return sum;
    }

    private static double length(double[] vector) {
        return Math.sqrt(product(vector, vector));
    }

    private static void add(double[] to, double[] vector, double times) {
        for (int i = 0; i < to.length; i++) to[i] += times * vector[i];
    }
}
