package dev.parley.training;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Scores beside what people said, and the measures that follow from them. */
final class Judged {
    private static final int BINS = 15;

    /** One text's score and truth. */
    record One(double score, boolean yes) {}

    /** How a threshold does: share of what it catches that is right, of what is there that it catches, of the rest. */
    record AtThreshold(double threshold, double precision, double recall, double falseAlarms) {}

    private final List<One> descending;
    private final long positives;

    Judged(Collection<One> all) {
        descending = new ArrayList<>(all);
        descending.sort(Comparator.comparingDouble(One::score).reversed());
        positives = all.stream().filter(One::yes).count();
    }

    int size() {
        return descending.size();
    }

    long positives() {
        return positives;
    }

    private long negatives() {
        return descending.size() - positives;
    }

    /** Whether both kinds are there, without which nothing can be ranked. */
    boolean hasBoth() {
        return positives > 0 && negatives() > 0;
    }

    /** The chance that a positive is above a negative; ties count half. */
    double auc() {
        double above = 0;
        long yesSoFar = 0;
        for (int i = 0; i < descending.size(); ) {
            int end = endOfTie(i);
            long yes = yesBetween(i, end);
            long no = end - i - yes;
            above += no * (yesSoFar + yes / 2.0);
            yesSoFar += yes;
            i = end;
        }
        return above / ((double) positives * negatives());
    }

    /** Average precision: the area under precision over recall, without interpolation. */
    double averagePrecision() {
        double area = 0;
        long yesSoFar = 0;
        for (int i = 0; i < descending.size(); ) {
            int end = endOfTie(i);
            long yes = yesBetween(i, end);
            yesSoFar += yes;
            area += (double) yes / positives * yesSoFar / end;
            i = end;
        }
        return area;
    }

    private int endOfTie(int from) {
        int end = from + 1;
        while (end < descending.size() && descending.get(end).score() == descending.get(from).score()) end++;
        return end;
    }

    private long yesBetween(int from, int to) {
        return descending.subList(from, to).stream().filter(One::yes).count();
    }

    AtThreshold at(double threshold) {
        long caught = 0;
        long right = 0;
        for (var one : descending) {
            if (one.score() < threshold) break;
            caught++;
            if (one.yes()) right++;
        }
        return new AtThreshold(
                threshold,
                caught == 0 ? 1 : (double) right / caught,
                positives == 0 ? 0 : (double) right / positives,
                negatives() == 0 ? 0 : (double) (caught - right) / negatives());
    }

    /** The highest threshold that still catches this share. */
    double thresholdForRecall(double recall) {
        long needed = (long) Math.ceil(recall * positives);
        long yes = 0;
        for (var one : descending) {
            if (one.yes() && ++yes >= needed) return one.score();
        }
        return 0;
    }

    /** The best harmonic mean of precision and recall over all thresholds. */
    double bestF1() {
        double best = 0;
        long yes = 0;
        for (int i = 0; i < descending.size(); i++) {
            if (descending.get(i).yes()) yes++;
            best = Math.max(best, 2.0 * yes / (i + 1 + positives));
        }
        return best;
    }

    double f1(double threshold) {
        var at = at(threshold);
        return at.precision() + at.recall() == 0
                ? 0
                : 2 * at.precision() * at.recall() / (at.precision() + at.recall());
    }

    /** Expected calibration error over bins of equal width: how far scores are from shares, on average. */
    double calibrationError() {
        var sums = new double[BINS];
        var yes = new double[BINS];
        for (var one : descending) {
            int bin = Math.min(BINS - 1, (int) (one.score() * BINS));
            sums[bin] += one.score();
            if (one.yes()) yes[bin]++;
        }
        double error = 0;
        for (int i = 0; i < BINS; i++) error += Math.abs(sums[i] - yes[i]);
        return error / descending.size();
    }
}
