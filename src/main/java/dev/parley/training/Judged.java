package dev.parley.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Scores beside what people said, and the measures that follow from them. */
final class Judged {
    private static final int BINS = 15;
    private static final int RESAMPLES = 500;
    private static final double INTERVAL = 0.95;
    private static final long SEED = 7;

    /** One text's score and truth. */
    record One(double score, boolean yes) {}

    /** How a threshold does: share of what it catches that is right, of what is there that it catches, of the rest. */
    record AtThreshold(double threshold, double precision, double recall, double falseAlarms) {}

    /** The middle 95 % of what other texts of the same kind might have given. */
    record Interval(double low, double high) {}

    /** A bin of scores: how many, their mean, and the share of them that has it. */
    record Bin(int n, double meanScore, double share) {}

    /** A point of a curve: the threshold's recall beside its precision and its false alarms, 0 to 1. */
    record Point(double recall, double precision, double falseAlarms) {}

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

    long negatives() {
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
        for (int i = 0; i < descending.size(); ) {
            int end = endOfTie(i);
            yes += yesBetween(i, end);
            best = Math.max(best, 2.0 * yes / (end + positives));
            i = end;
        }
        return best;
    }

    double f1(double threshold) {
        var at = at(threshold);
        return at.precision() + at.recall() == 0
                ? 0
                : 2 * at.precision() * at.recall() / (at.precision() + at.recall());
    }

    /**
     * Expected calibration error over {@value #BINS} bins of equal width (Naeini and others, 2015): how far scores are
     * from shares, on average over the texts.
     */
    double calibrationError() {
        double error = 0;
        for (var bin : bins()) error += bin.n() * Math.abs(bin.meanScore() - bin.share());
        return error / descending.size();
    }

    /** Mean squared distance of the score from 0 or 1 (Brier, 1950). */
    double brier() {
        double sum = 0;
        for (var one : descending) sum += Math.pow(one.score() - (one.yes() ? 1 : 0), 2);
        return sum / descending.size();
    }

    /** The bins of equal width that hold any text, lowest scores first. */
    List<Bin> bins() {
        var byBin = new TreeMap<Integer, List<One>>();
        for (var one : descending) {
            byBin.computeIfAbsent(Math.min(BINS - 1, (int) (one.score() * BINS)), _ -> new ArrayList<>()).add(one);
        }
        return byBin.values().stream()
                .map(ones ->
                        new Bin(
                                ones.size(),
                                ones.stream().mapToDouble(One::score).average().orElseThrow(),
                                (double) ones.stream().filter(One::yes).count() / ones.size()))
                .toList();
    }

    /** All thresholds from the highest score down, one point where scores are equal. */
    List<Point> curve() {
        var points = new ArrayList<Point>();
        long yes = 0;
        for (int i = 0; i < descending.size(); ) {
            int end = endOfTie(i);
            yes += yesBetween(i, end);
            points.add(new Point((double) yes / positives, (double) yes / end, (double) (end - yes) / negatives()));
            i = end;
        }
        return points;
    }

    /**
     * The 95 % interval of the AUC by the bootstrap (Efron, 1979): positives and negatives drawn again with
     * replacement, {@value #RESAMPLES} times, the same draws for the same texts.
     */
    Interval aucInterval() {
        var random = new Random(SEED);
        var aucs = new double[RESAMPLES];
        var ranks = ranks();
        var ofYes = ranksOf(true, ranks);
        var ofNo = ranksOf(false, ranks);
        for (int i = 0; i < RESAMPLES; i++) aucs[i] = resampledAuc(ofYes, ofNo, ranks[ranks.length - 1] + 1, random);
        Arrays.sort(aucs);
        int cut = (int) Math.round(RESAMPLES * (1 - INTERVAL) / 2);
        return new Interval(aucs[cut], aucs[RESAMPLES - 1 - cut]);
    }

    /** For each text, in the order of the list, which of the different scores it has; 0 is the highest. */
    private int[] ranks() {
        var ranks = new int[descending.size()];
        for (int i = 1; i < ranks.length; i++) {
            ranks[i] = ranks[i - 1] + (descending.get(i).score() == descending.get(i - 1).score() ? 0 : 1);
        }
        return ranks;
    }

    private int[] ranksOf(boolean yes, int[] ranks) {
        return IntStream.range(0, ranks.length)
                .filter(i -> descending.get(i).yes() == yes)
                .map(i -> ranks[i])
                .toArray();
    }

    private static double resampledAuc(int[] ofYes, int[] ofNo, int different, Random random) {
        var yesAt = new int[different];
        var noAt = new int[different];
        for (int i = 0; i < ofYes.length; i++) yesAt[ofYes[random.nextInt(ofYes.length)]]++;
        for (int i = 0; i < ofNo.length; i++) noAt[ofNo[random.nextInt(ofNo.length)]]++;
        double above = 0;
        long yesSoFar = 0;
        for (int rank = 0; rank < different; rank++) {
            above += noAt[rank] * (yesSoFar + yesAt[rank] / 2.0);
            yesSoFar += yesAt[rank];
        }
        return above / ((double) ofYes.length * ofNo.length);
    }
}
