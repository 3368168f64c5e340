package dev.parley.scoring;

import dev.parley.text.NormalisedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The models of a language, scored together: one look-up per feature scores every attribute.
 *
 * <p>Every feature of a text has the value c/√n, where n counts its different features and c is {@link #SCALE}; that is
 * the same for all features, so it is applied to the sum. Equal to the library's own evaluation to 1e-6. Thread-safe.
 *
 * <p>A tenant's own models stand on top of the shipped ones: what their words add up to is added to the calibrated
 * log-odds of the shipped model, of which they take a share and to which they add a constant. Where there is no shipped
 * model, its log-odds count as none.
 */
public final class WeightTable {
    /** The length normalisation that was best on held-out comments. */
    public static final double SCALE = 4;

    private static final int MOST_SPANS = 5;

    /** Scratch paper of all tables, so that one more table costs none. */
    private static final Queue<Scratch> SPARE = new ConcurrentLinkedQueue<>();

    /** What is kept of a model besides its weights. */
    public record Column(String attribute, Calibration calibration, String version) {}

    /** The models in the order of the results: first those that have weights here, then the tenant's without one. */
    private final List<Column> columns;

    private final double[] bias;
    private final WeightRows shipped;

    /** The tenant's own, if there are any, and the number of its model for each column, -1 where it has none. */
    private final @Nullable WeightRows own;

    private final int[] ownOf;

    /** What the own models make of the shipped ones' calibrated log-odds. */
    private final Calibration[] onTop;

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
        bias = Arrays.stream(models).mapToDouble(ModelWeights::bias).toArray();
        shipped = new WeightRows(models);
        own = null;
        ownOf = new int[models.length];
        Arrays.fill(ownOf, -1);
        onTop = new Calibration[0];
    }

    /**
     * A table with a tenant's own models on top of the shipped ones, whose weights both tables share.
     *
     * @param base the shipped models of the language; empty where there are none
     * @param models the tenant's, of different attributes; the calibration of each says what it makes of the shipped
     *     model's log-odds
     */
    WeightTable(WeightTable base, List<ModelWeights> models) {
        shipped = base.shipped;
        own = new WeightRows(models.toArray(ModelWeights[]::new));
        onTop = models.stream().map(model -> model.column().calibration()).toArray(Calibration[]::new);
        var all = new ArrayList<>(base.columns);
        var numbers = new ArrayList<Integer>();
        for (int column = 0; column < all.size(); column++) {
            int number = numberOf(all.get(column).attribute(), models);
            numbers.add(number);
            if (number >= 0) {
                var its = all.get(column);
                all.set(column, new Column(its.attribute(), its.calibration(), models.get(number).column().version()));
            }
        }
        for (int number = 0; number < models.size(); number++) {
            if (numbers.contains(number)) continue;
            var its = models.get(number).column();
            all.add(new Column(its.attribute(), Calibration.NONE, its.version()));
            numbers.add(number);
        }
        columns = List.copyOf(all);
        ownOf = numbers.stream().mapToInt(Integer::intValue).toArray();
        bias = Arrays.copyOf(base.bias, ownOf.length);
    }

    private static int numberOf(String attribute, List<ModelWeights> models) {
        for (int number = 0; number < models.size(); number++) {
            if (models.get(number).column().attribute().equals(attribute)) return number;
        }
        return -1;
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
        return shipped.features() + (own == null ? 0 : own.features());
    }

    /** Bytes on the heap, all arrays counted: what the models cost once they are loaded. */
    long bytes() {
        return shipped.bytes() + (own == null ? 0 : own.bytes()) + 8L * bias.length;
    }

    /** The value of every feature in a text with this many different ones. */
    public static double value(int features) {
        return features == 0 ? 0 : SCALE / Math.sqrt(features);
    }

    /** The log-odds of each shipped model before calibration: the highest over the whole text and its windows. */
    public double[] raw(NormalisedText text) {
        return read(text, (scratch, column) -> scratch.raw[column]);
    }

    /** The calibrated log-odds of each attribute. */
    public double[] logOdds(NormalisedText text) {
        return read(text, (scratch, column) -> scratch.odds[column]);
    }

    @FunctionalInterface
    private interface Found {
        double of(Scratch scratch, int column);
    }

    private double[] read(NormalisedText text, Found found) {
        var scratch = borrow();
        scratch.findBest(text.text());
        var values = new double[columns.size()];
        for (int column = 0; column < values.length; column++) values[column] = found.of(scratch, column);
        giveBack(scratch);
        return values;
    }

    /** The calibrated scores with the words that drove them. */
    public List<Score> score(NormalisedText text) {
        var scratch = borrow();
        scratch.findBest(text.text());
        var scores = new ArrayList<Score>(columns.size());
        for (int column = 0; column < columns.size(); column++) {
            scratch.explain(column);
            scores.add(score(column, scratch.odds[column], scratch.spans(text, column, true)));
        }
        giveBack(scratch);
        return scores;
    }

    /** The calibrated scores alone. */
    List<Score> scoreOnly(NormalisedText text) {
        var odds = logOdds(text);
        var scores = new ArrayList<Score>(odds.length);
        for (int column = 0; column < odds.length; column++) scores.add(score(column, odds[column], List.of()));
        return scores;
    }

    private Score score(int column, double odds, List<Span> spans) {
        var model = columns.get(column);
        return new Score(model.attribute(), Calibration.NONE.probability(odds), model.version(), spans);
    }

    /**
     * What every word of the text, or of the window that counted, did to each score, in the order of the text. With the
     * log-odds of no words, all of it is the whole score; {@link #score} keeps the strongest.
     */
    List<List<Span>> contributions(NormalisedText text) {
        var scratch = borrow();
        scratch.findBest(text.text());
        var all = new ArrayList<List<Span>>(columns.size());
        for (int column = 0; column < columns.size(); column++) {
            scratch.explain(column);
            all.add(scratch.spans(text, column, false));
        }
        giveBack(scratch);
        return all;
    }

    /** The calibrated log-odds of a column without any word. */
    double emptyLogOdds(int column) {
        return logOdds(column, bias[column], 0);
    }

    private double logOdds(int column, double raw, double added) {
        double base = columns.get(column).calibration().logOdds(raw);
        return ownOf[column] < 0 ? base : onTop[ownOf[column]].logOdds(base) + added;
    }

    /** How far the calibrated log-odds move for each step of the shipped model's own. */
    private double steepness(int column, double raw) {
        double steepness = columns.get(column).calibration().steepness(bias[column], raw);
        return ownOf[column] < 0 ? steepness : steepness * onTop[ownOf[column]].slope();
    }

    private Scratch borrow() {
        var scratch = SPARE.poll();
        if (scratch == null) scratch = new Scratch();
        scratch.open(this);
        return scratch;
    }

    private static void giveBack(Scratch scratch) {
        if (scratch.reading.isWorthKeeping()) SPARE.add(scratch);
    }

    /** What one scoring writes on, kept for the next one of any table; not shared while in use. */
    private static final class Scratch {
        private static final WeightRows NONE = new WeightRows();

        final Reading reading = new Reading();
        private WeightTable table = new WeightTable();
        private WeightRows shipped = NONE;
        private WeightRows own = NONE;

        /** Of the window in which a model is highest: the shipped one's log-odds, and the calibrated ones of all. */
        double[] raw = new double[0];

        double[] odds = new double[0];

        /** Words of that window: the first, and the one behind the last. */
        private int[] from = new int[0];

        private int[] to = new int[0];

        private double[] sums = new double[0];
        private double[] ownSums = new double[0];

        /** Where the rows of each feature begin in the weights, or -1 for one that no model knows. */
        private int[] rowOf = new int[1024];

        private int[] ownRowOf = new int[1024];

        /** How often each feature occurs in the window that {@link #windowOf} names. */
        private int[] countOf = new int[1024];

        private int[] windowOf = new int[1024];
        private int window;

        /** What each word adds to each log-odds, for the words from {@link #explainedFrom} to {@link #explainedTo}. */
        private double[] parts = new double[0];

        private double[] ownParts = new double[0];
        private int explainedFrom;
        private int explainedTo;

        /** Makes ready for a table. */
        void open(WeightTable next) {
            table = next;
            shipped = next.shipped;
            own = next.own == null ? NONE : next.own;
            int columns = next.columns.size();
            if (raw.length < columns) {
                raw = new double[columns];
                odds = new double[columns];
                from = new int[columns];
                to = new int[columns];
            }
            if (sums.length < shipped.width()) sums = new double[shipped.width()];
            if (ownSums.length < own.width()) ownSums = new double[own.width()];
        }

        /** Finds the window that counts for each model. */
        void findBest(String text) {
            reading.read(text);
            lookUp();
            explainedTo = -1;
            int columns = table.columns.size();
            Arrays.fill(odds, 0, columns, Double.NEGATIVE_INFINITY);
            for (var part : Windows.of(text)) {
                int first = reading.wordBehind(part.from());
                int behind = reading.wordBehind(part.to() - 1);
                int features = sum(first, behind);
                double value = (float) value(features); // as the library takes it
                for (int i = 0; i < columns; i++) {
                    double itsRaw = i < shipped.width() ? table.bias[i] + sums[i] * value : 0;
                    double added = table.ownOf[i] < 0 ? 0 : ownSums[table.ownOf[i]] * value;
                    double itsOdds = table.logOdds(i, itsRaw, added);
                    if (itsOdds <= odds[i]) continue;
                    raw[i] = itsRaw;
                    odds[i] = itsOdds;
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
                ownRowOf = new int[wanted];
                countOf = new int[wanted];
                windowOf = new int[wanted];
            }
            for (int feature = 0; feature < features; feature++) rowOf[feature] = shipped.row(reading.key(feature));
            if (own != NONE) {
                for (int feature = 0; feature < features; feature++) ownRowOf[feature] = own.row(reading.key(feature));
            }
            Arrays.fill(windowOf, 0, features, 0);
            window = 0;
        }

        /** Adds up the weights of the different features of some words, each once; says how many they are. */
        private int sum(int first, int behind) {
            Arrays.fill(sums, 0);
            Arrays.fill(ownSums, 0);
            if (first == 0 && behind == reading.words()) {
                for (int feature = 0; feature < reading.features(); feature++) add(feature);
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
                add(feature);
            }
            return features;
        }

        private void add(int feature) {
            shipped.add(rowOf[feature], sums);
            if (own != NONE) own.add(ownRowOf[feature], ownSums);
        }

        /** Parts a model's log-odds among the words of its window: a feature among its occurrences, a pair in two. */
        void explain(int column) {
            int first = from[column];
            int behind = to[column];
            if (explainedTo == behind && explainedFrom == first) return;
            explainedFrom = first;
            explainedTo = behind;
            parts = cleared(parts, (behind - first) * shipped.width());
            ownParts = cleared(ownParts, (behind - first) * own.width());

            double value = (float) value(count(first, behind));
            int end = reading.firstOccurrence(behind);
            for (int i = reading.firstOccurrence(first); i < end; i++) {
                int feature = reading.feature(i);
                int word = reading.firstWord(i);
                if (word < first) continue;
                int last = reading.lastWord(i);
                double share = value / (countOf[feature] * (last - word + 1));
                part(shipped, rowOf[feature], share, parts, word - first, last - first);
                if (own != NONE) part(own, ownRowOf[feature], share, ownParts, word - first, last - first);
            }
        }

        private static double[] cleared(double[] old, int needed) {
            if (old.length < needed) return new double[needed * 2];
            Arrays.fill(old, 0, needed, 0);
            return old;
        }

        private static void part(WeightRows rows, int row, double share, double[] parts, int first, int last) {
            if (row < 0) return;
            for (int word = first; word <= last; word++) rows.add(row, share, parts, word * rows.width());
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
            var partOf = partOf(column);
            var spans = new ArrayList<Span>(strongest ? MOST_SPANS : explainedTo - explainedFrom);
            for (int word = explainedFrom, next; word < explainedTo; word = next) {
                int start = text.originalStart(reading.wordStart(word));
                int end = text.originalEnd(reading.wordEnd(word) - 1);
                double part = partOf.applyAsDouble(word);
                for (next = word + 1; next < explainedTo; next++) {
                    if (text.originalStart(reading.wordStart(next)) >= end) break;
                    end = Math.max(end, text.originalEnd(reading.wordEnd(next) - 1));
                    part += partOf.applyAsDouble(next);
                }
                if (!strongest) spans.add(new Span(start, end, part));
                else if (part > 0) keepIfStrong(spans, start, end, part);
            }
            return spans;
        }

        /** What a word that was explained last adds to the calibrated log-odds of a column. */
        private IntToDoubleFunction partOf(int column) {
            double steepness = table.steepness(column, raw[column]);
            int width = shipped.width();
            int number = table.ownOf[column];
            return word -> {
                int at = word - explainedFrom;
                double part = column < width ? parts[at * width + column] * steepness : 0;
                return number < 0 ? part : part + ownParts[at * own.width() + number];
            };
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
