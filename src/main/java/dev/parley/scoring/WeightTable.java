package dev.parley.scoring;

import dev.parley.text.NormalisedText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import opennlp.tools.ml.model.Context;

/**
 * The weights of all models of a language in one open-addressing table: one look-up per feature scores every attribute.
 *
 * <p>Every feature of a text has the value c/√n, where n counts its different features and c is {@link #SCALE}; that is
 * the same for all features, so it is applied to the sum. Equal to the library's own evaluation to 1e-6. Thread-safe.
 */
public final class WeightTable {
    /** The length normalisation that was best on held-out comments. */
    public static final double SCALE = 4;

    private static final int MOST_SPANS = 5;

    /** What is kept of a model besides its weights. */
    public record Column(String attribute, Calibration calibration, String version) {}

    private final List<Column> columns;
    private final long[] keys;
    private final float[] weights;
    private final double[] bias;
    private final Queue<FeatureCounts> spare = new ConcurrentLinkedQueue<>();

    /**
     * A table of these models.
     *
     * @param models of different attributes
     */
    public WeightTable(List<ModelFile> models) {
        columns = models.stream().map(m -> new Column(m.attribute(), m.calibration(), m.version())).toList();
        int width = models.size();
        bias = new double[width];
        int features = 0;
        for (var model : models) features += contexts(model).size();
        int capacity = Integer.highestOneBit(Math.max(16, features * 3 / 2)) * 2;
        var allKeys = new long[capacity];
        var rows = new float[capacity * width];
        int used = 0;
        for (int column = 0; column < width; column++) {
            int yes = models.get(column).model().getIndex(ModelFile.YES);
            for (var entry : contexts(models.get(column)).entrySet()) {
                double weight = weight(entry.getValue(), yes);
                if (entry.getKey().equals(Features.BIAS)) {
                    bias[column] = weight;
                    continue;
                }
                long key = Features.key(entry.getKey());
                int slot = slot(allKeys, key);
                if (allKeys[slot] == 0) used++;
                allKeys[slot] = key;
                rows[slot * width + column] = (float) weight;
            }
        }
        int fitting = Integer.highestOneBit(Math.max(16, used * 4 / 3)) * 2;
        keys = new long[fitting];
        weights = new float[fitting * width];
        for (int i = 0; i < allKeys.length; i++) {
            if (allKeys[i] == 0) continue;
            int slot = slot(keys, allKeys[i]);
            keys[slot] = allKeys[i];
            System.arraycopy(rows, i * width, weights, slot * width, width);
        }
    }

    @SuppressWarnings("unchecked") // the library's own untyped accessor
    private static Map<String, Context> contexts(ModelFile file) {
        return (Map<String, Context>) file.model().getDataStructures()[1];
    }

    /** The weight for yes less that for no: a feature's part of the log-odds. */
    private static double weight(Context context, int yes) {
        double weight = 0;
        for (int i = 0; i < context.getOutcomes().length; i++) {
            double parameter = context.getParameters()[i];
            weight += context.getOutcomes()[i] == yes ? parameter : -parameter;
        }
        return weight;
    }

    private static int slot(long[] keys, long key) {
        int mask = keys.length - 1;
        int slot = (int) (key >>> 20) & mask;
        while (keys[slot] != 0 && keys[slot] != key) slot = (slot + 1) & mask;
        return slot;
    }

    /** The models in the order of the results. */
    public List<Column> columns() {
        return columns;
    }

    /** The log-odds of each model before calibration: the highest over the whole text and its windows. */
    public double[] raw(NormalisedText text) {
        return best(text).raw();
    }

    /** The calibrated scores with the words that drove them. */
    public List<Score> score(NormalisedText text) {
        var best = best(text);
        var scores = new ArrayList<Score>(columns.size());
        var explained = new HashMap<Windows.Window, double[][]>();
        for (int column = 0; column < columns.size(); column++) {
            var model = columns.get(column);
            var words = explained.computeIfAbsent(best.windows()[column], window -> contributions(text.text(), window));
            scores.add(
                    new Score(
                            model.attribute(),
                            model.calibration().probability(best.raw()[column]),
                            model.version(),
                            spans(text, best.windows()[column], words[column], model.calibration().slope())));
        }
        return scores;
    }

    private record Best(double[] raw, Windows.Window[] windows) {}

    private Best best(NormalisedText text) {
        var raw = new double[columns.size()];
        Arrays.fill(raw, Double.NEGATIVE_INFINITY);
        var windows = new Windows.Window[columns.size()];
        var counts = borrow();
        for (var window : Windows.of(text.text())) {
            var one = raw(text.text(), window, counts);
            for (int i = 0; i < raw.length; i++) {
                if (one[i] > raw[i]) {
                    raw[i] = one[i];
                    windows[i] = window;
                }
            }
        }
        spare.add(counts);
        return new Best(raw, windows);
    }

    private FeatureCounts borrow() {
        var counts = spare.poll();
        return counts == null ? new FeatureCounts() : counts;
    }

    private double[] raw(String text, Windows.Window window, FeatureCounts counts) {
        int width = columns.size();
        var sums = new double[width];
        counts.clear();
        Features.visit(
                text,
                window.from(),
                window.to(),
                (key, _, _, _) -> {
                    if (!counts.add(key)) return;
                    int slot = slot(keys, key);
                    if (keys[slot] == 0) return;
                    for (int i = 0; i < width; i++) sums[i] += weights[slot * width + i];
                });
        double value = value(counts.size());
        for (int i = 0; i < width; i++) sums[i] = bias[i] + sums[i] * value;
        return sums;
    }

    /** The value of every feature in a text with this many different ones. */
    public static double value(int features) {
        return features == 0 ? 0 : SCALE / Math.sqrt(features);
    }

    /**
     * What each word of a window adds to each log-odds. A feature is shared by its occurrences, a pair by its words.
     */
    private double[][] contributions(String text, Windows.Window window) {
        var wordAt = new int[window.to() - window.from()];
        int words = 0;
        for (int i = window.from(); i < window.to(); i++) {
            wordAt[i - window.from()] = words;
            if (text.charAt(i) == ' ' && i > window.from()) words++;
        }
        var byWord = new double[columns.size()][words];
        var counts = borrow();
        raw(text, window, counts);
        double value = value(counts.size());
        Features.visit(
                text,
                window.from(),
                window.to(),
                (key, kind, start, end) -> {
                    int slot = slot(keys, key);
                    if (keys[slot] == 0) return;
                    int first = wordAt[(text.charAt(start) == ' ' ? start + 1 : start) - window.from()];
                    int last = kind == Features.PAIR ? first + 1 : first;
                    double share = value / counts.count(key) / (last - first + 1);
                    for (int i = 0; i < byWord.length; i++) {
                        double part = weights[slot * columns.size() + i] * share;
                        for (int word = first; word <= last; word++) byWord[i][word] += part;
                    }
                });
        spare.add(counts);
        return byWord;
    }

    private static List<Span> spans(NormalisedText text, Windows.Window window, double[] byWord, double slope) {
        var spans = new ArrayDeque<Span>();
        int word = 0;
        for (int start = window.from() + 1, end; start < window.to(); start = end + 1, word++) {
            end = text.text().indexOf(' ', start);
            if (byWord[word] <= 0) continue;
            spans.add(new Span(text.originalStart(start), text.originalEnd(end - 1), byWord[word] * slope));
        }
        return spans.stream()
                .sorted(Comparator.comparingDouble(Span::contribution).reversed())
                .limit(MOST_SPANS)
                .toList();
    }
}
