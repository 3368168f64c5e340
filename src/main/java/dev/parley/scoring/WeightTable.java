package dev.parley.scoring;

import dev.parley.text.NormalisedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

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

    /** Share of the slots in use: look-ups are still short, and nothing is doubled for a few features more. */
    private static final double LOAD = 0.6;

    /** What is kept of a model besides its weights. */
    public record Column(String attribute, Calibration calibration, String version) {}

    private final List<Column> columns;
    private final int width;
    private final double[] bias;

    /** Key of each slot, 0 where none is; slot and row go together. */
    private final long[] keys;

    private final int[] rows;

    /** A row of {@link #width} weights for each feature that any model knows. */
    private final float[] weights;

    private final Queue<Scratch> spare = new ConcurrentLinkedQueue<>();

    /**
     * A table of these models.
     *
     * @param models of different attributes
     */
    public WeightTable(List<ModelFile> models) {
        this(models.stream().map(ModelWeights::of).toArray(ModelWeights[]::new));
    }

    WeightTable(ModelWeights... models) {
        columns = Arrays.stream(models).map(ModelWeights::column).toList();
        width = models.length;
        bias = Arrays.stream(models).mapToDouble(ModelWeights::bias).toArray();
        var sortedKeys =
                Arrays.stream(models).flatMapToLong(m -> Arrays.stream(m.keys())).sorted().distinct().toArray();
        keys = new long[Math.max(16, (int) (sortedKeys.length / LOAD))];
        rows = new int[keys.length];
        for (int row = 0; row < sortedKeys.length; row++) {
            int slot = slot(sortedKeys[row]);
            keys[slot] = sortedKeys[row];
            rows[slot] = row * width;
        }
        weights = new float[sortedKeys.length * width];
        for (int column = 0; column < width; column++) {
            var model = models[column];
            for (int i = 0; i < model.keys().length; i++) {
                weights[rows[slot(model.keys()[i])] + column] = model.weights()[i];
            }
        }
    }

    private int slot(long key) {
        int slot = (int) (((key >>> 32) * keys.length) >>> 32);
        while (keys[slot] != 0 && keys[slot] != key) if (++slot == keys.length) slot = 0;
        return slot;
    }

    /** The models in the order of the results. */
    public List<Column> columns() {
        return columns;
    }

    /** The bias of each model, in the order of {@link #columns()}. */
    double[] bias() {
        return bias.clone();
    }

    /** How many different features the models know together. */
    int features() {
        return weights.length / Math.max(1, width);
    }

    /** Bytes on the heap, all arrays counted: what the models cost once they are loaded. */
    long bytes() {
        return 8L * keys.length + 4L * rows.length + 4L * weights.length + 8L * bias.length;
    }

    /** The value of every feature in a text with this many different ones. */
    public static double value(int features) {
        return features == 0 ? 0 : SCALE / Math.sqrt(features);
    }

    /** The log-odds of each model before calibration: the highest over the whole text and its windows. */
    public double[] raw(NormalisedText text) {
        var scratch = borrow();
        scratch.findBest(text.text());
        var raw = scratch.best.clone();
        giveBack(scratch);
        return raw;
    }

    /** The calibrated scores with the words that drove them. */
    public List<Score> score(NormalisedText text) {
        var scratch = borrow();
        scratch.findBest(text.text());
        var scores = new ArrayList<Score>(width);
        for (int column = 0; column < width; column++) {
            scratch.explain(column);
            var model = columns.get(column);
            var spans = scratch.spans(text, column, true);
            scores.add(
                    new Score(
                            model.attribute(),
                            model.calibration().probability(scratch.best[column]),
                            model.version(),
                            spans));
        }
        giveBack(scratch);
        return scores;
    }

    /** The calibrated scores alone. */
    List<Score> scoreOnly(NormalisedText text) {
        var raw = raw(text);
        var scores = new ArrayList<Score>(width);
        for (int column = 0; column < width; column++) {
            var model = columns.get(column);
            scores.add(
                    new Score(
                            model.attribute(),
                            model.calibration().probability(raw[column]),
                            model.version(),
                            List.of()));
        }
        return scores;
    }

    /**
     * What every word of the text, or of the window that counted, did to each score, in the order of the text. With the
     * bias, all of it is the whole score; {@link #score} keeps the strongest.
     */
    List<List<Span>> contributions(NormalisedText text) {
        var scratch = borrow();
        scratch.findBest(text.text());
        var all = new ArrayList<List<Span>>(width);
        for (int column = 0; column < width; column++) {
            scratch.explain(column);
            all.add(scratch.spans(text, column, false));
        }
        giveBack(scratch);
        return all;
    }

    private Scratch borrow() {
        var scratch = spare.poll();
        return scratch == null ? new Scratch() : scratch;
    }

    private void giveBack(Scratch scratch) {
        if (scratch.reading.isWorthKeeping()) spare.add(scratch);
    }

    /** What one scoring writes on, kept for the next one; not shared while in use. */
    private final class Scratch {
        final Reading reading = new Reading();
        final double[] best = new double[width];

        /** Words of the window in which each model is highest: the first, and the one behind the last. */
        private final int[] from = new int[width];

        private final int[] to = new int[width];

        private final double[] sums = new double[width];

        /** Where the row of each feature begins in the weights, or -1 for one that no model knows. */
        private int[] rowOf = new int[1024];

        /** How often each feature occurs in the window that {@link #windowOf} names. */
        private int[] countOf = new int[1024];

        private int[] windowOf = new int[1024];
        private int window;

        /** What each word adds to each log-odds, for the words from {@link #explainedFrom} to {@link #explainedTo}. */
        private double[] parts = new double[0];

        private int explainedFrom;
        private int explainedTo;

        /** Finds the window that counts for each model. */
        void findBest(String text) {
            reading.read(text);
            lookUp();
            explainedTo = -1;
            Arrays.fill(best, Double.NEGATIVE_INFINITY);
            for (var part : Windows.of(text)) {
                int first = reading.wordBehind(part.from());
                int behind = reading.wordBehind(part.to() - 1);
                int features = sum(first, behind);
                double value = (float) value(features); // as the library takes it
                for (int i = 0; i < width; i++) {
                    double raw = bias[i] + sums[i] * value;
                    if (raw <= best[i]) continue;
                    best[i] = raw;
                    from[i] = first;
                    to[i] = behind;
                }
            }
        }

        private void lookUp() {
            int features = reading.features();
            if (rowOf.length < features) {
                int wanted = Math.max(features, rowOf.length * 2);
                rowOf = new int[wanted];
                countOf = new int[wanted];
                windowOf = new int[wanted];
            }
            for (int feature = 0; feature < features; feature++) {
                int slot = slot(reading.key(feature));
                rowOf[feature] = keys[slot] == 0 ? -1 : rows[slot];
            }
            Arrays.fill(windowOf, 0, features, 0);
            window = 0;
        }

        /** Adds up the weights of the different features of some words, each once; says how many they are. */
        private int sum(int first, int behind) {
            Arrays.fill(sums, 0);
            if (first == 0 && behind == reading.words()) {
                for (int feature = 0; feature < reading.features(); feature++) addRow(rowOf[feature]);
                return reading.features();
            }
            window++;
            int features = 0;
            int end = reading.firstOccurrence(behind);
            for (int i = reading.firstOccurrence(first); i < end; i++) {
                int feature = reading.feature(i);
                if (windowOf[feature] == window || reading.firstWord(i) < first) continue;
                windowOf[feature] = window;
                features++;
                addRow(rowOf[feature]);
            }
            return features;
        }

        private void addRow(int row) {
            if (row < 0) return;
            for (int column = 0; column < width; column++) sums[column] += weights[row + column];
        }

        /** Parts a model's log-odds among the words of its window: a feature among its occurrences, a pair in two. */
        void explain(int column) {
            int first = from[column];
            int behind = to[column];
            if (explainedTo == behind && explainedFrom == first) return;
            explainedFrom = first;
            explainedTo = behind;
            int needed = (behind - first) * width;
            if (parts.length < needed) parts = new double[needed * 2];
            else Arrays.fill(parts, 0, needed, 0);

            double value = (float) value(count(first, behind));
            int end = reading.firstOccurrence(behind);
            for (int i = reading.firstOccurrence(first); i < end; i++) {
                int row = rowOf[reading.feature(i)];
                int word = reading.firstWord(i);
                if (row < 0 || word < first) continue;
                int last = reading.lastWord(i);
                double share = value / (countOf[reading.feature(i)] * (last - word + 1));
                for (; word <= last; word++) {
                    int at = (word - first) * width;
                    for (int j = 0; j < width; j++) parts[at + j] += weights[row + j] * share;
                }
            }
        }

        /** Counts the occurrences of each feature in some words; says how many different ones there are. */
        private int count(int first, int behind) {
            window++;
            int features = 0;
            int end = reading.firstOccurrence(behind);
            for (int i = reading.firstOccurrence(first); i < end; i++) {
                if (reading.firstWord(i) < first) continue;
                int feature = reading.feature(i);
                if (windowOf[feature] == window) {
                    countOf[feature]++;
                } else {
                    windowOf[feature] = window;
                    countOf[feature] = 1;
                    features++;
                }
            }
            return features;
        }

        /**
         * The words explained last as places in the original. Words made of one place, such as the parts of a link or
         * of a fraction sign, are one span.
         *
         * @param strongest whether only the words that raised the score most are wanted, the strongest first
         */
        List<Span> spans(NormalisedText text, int column, boolean strongest) {
            double slope = columns.get(column).calibration().steepness(bias[column], best[column]);
            var spans = new ArrayList<Span>(strongest ? MOST_SPANS : explainedTo - explainedFrom);
            for (int word = explainedFrom, next; word < explainedTo; word = next) {
                int start = text.originalStart(reading.wordStart(word));
                int end = text.originalEnd(reading.wordEnd(word) - 1);
                double part = part(word, column);
                for (next = word + 1; next < explainedTo; next++) {
                    if (text.originalStart(reading.wordStart(next)) >= end) break;
                    end = Math.max(end, text.originalEnd(reading.wordEnd(next) - 1));
                    part += part(next, column);
                }
                if (!strongest) spans.add(new Span(start, end, part * slope));
                else if (part > 0) keepIfStrong(spans, start, end, part * slope);
            }
            return spans;
        }

        private double part(int word, int column) {
            return parts[(word - explainedFrom) * width + column];
        }

        private static void keepIfStrong(List<Span> spans, int start, int end, double contribution) {
            int at = spans.size();
            while (at > 0 && spans.get(at - 1).contribution() < contribution) at--;
            if (at == MOST_SPANS) return;
            if (spans.size() == MOST_SPANS) spans.removeLast();
            spans.add(at, new Span(start, end, contribution));
        }
    }
}
