package dev.parley.training;

import dev.parley.scoring.FeatureCounts;
import dev.parley.scoring.Features;
import dev.parley.scoring.WeightTable;
import dev.parley.text.NormalisedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Texts with their labels as a table: a row for each text, a column for each feature that is in enough of them. A text
 * whose annotators disagreed is an example for and against at once, by their shares. A text may have log-odds already,
 * by a model on top of which is trained; it then has them with weight one and what the column {@link #BASE} learns.
 */
final class Examples {
    /** The column that every text has with value one. */
    static final int BIAS = 0;

    /** The column of what a text has already. */
    static final int BASE = 1;

    private static final int FIXED = 2;

    /** Keeps a feature that says nothing by itself from having no freedom at all. */
    private static final double LEAST_RATIO = 0.05;

    /** A source whose share of texts for the attribute is far from the others' is brought nearer by this at most. */
    private static final double MOST_LIFT = 10;

    private record Example(String text, String source, double yes, double no, double base) {}

    /** How much there is for the attribute and against it. */
    private record Sum(double yes, double no) {
        Sum plus(Sum other) {
            return new Sum(yes + other.yes, no + other.no);
        }

        double share() {
            return yes / (yes + no);
        }
    }

    private final List<Example> examples = new ArrayList<>();
    private final Map<Long, Integer> columns = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private double[] scales = {};
    private int[][] rows = {};
    private double[] values = {};

    /**
     * Adds a text.
     *
     * @param source where it comes from
     * @param share how much of it is an example for the attribute, 0 to 1
     * @param weight how much it counts, 1 for an ordinary text
     */
    void add(NormalisedText text, String source, double share, double weight) {
        add(text.text(), source, share, weight, 0);
    }

    /**
     * Adds a text that has log-odds already.
     *
     * @param text normalised
     * @param base those
     */
    void add(String text, String source, double share, double weight, double base) {
        examples.add(new Example(text, source, share * weight, (1 - share) * weight, base));
    }

    /** How many rows. */
    int size() {
        return examples.size();
    }

    /** How many columns, after {@link #index}. */
    int columns() {
        return names.size();
    }

    /** How many texts are an example for the attribute rather than against it. */
    long positives() {
        return examples.stream().filter(example -> example.yes() > example.no()).count();
    }

    double yes(int row) {
        return examples.get(row).yes();
    }

    double no(int row) {
        return examples.get(row).no();
    }

    /** The log-odds of a row with these weights. */
    double logOdds(int row, double[] weights) {
        double sum = 0;
        for (int column : rows[row]) sum += weights[column] * scales[column];
        return weights[BIAS] + (1 + weights[BASE]) * examples.get(row).base() + sum * values[row];
    }

    /** Adds a row, times a factor, to a vector of columns. */
    void addTo(double[] vector, int row, double factor) {
        vector[BIAS] += factor;
        vector[BASE] += factor * examples.get(row).base();
        double times = factor * values[row];
        for (int column : rows[row]) vector[column] += times * scales[column];
    }

    /** Name and weight, for a feature's plain value, of every column. */
    Map<String, Double> plain(double[] weights) {
        var byName = new HashMap<String, Double>();
        for (int column = 0; column < weights.length; column++) {
            byName.put(names.get(column), weights[column] * scales[column]);
        }
        return byName;
    }

    /** Makes the table, after the last text. */
    void index(Settings settings) {
        var once = new FeatureCounts();
        var counted = count(examples.stream().map(List::of).toList(), settings, once);
        fill(settings, counted, once);
    }

    /** The same, but the cutoff counts sources: a feature is left out if too few of them have it, however often. */
    void indexBySource(Settings settings) {
        var once = new FeatureCounts();
        var bySource = examples.stream().collect(Collectors.groupingBy(Example::source)).values();
        fill(settings, count(bySource, settings, once), once);
    }

    /** In how many of these groups of texts each feature is. */
    private static FeatureCounts count(Collection<List<Example>> groups, Settings settings, FeatureCounts once) {
        var counted = new FeatureCounts();
        for (var group : groups) {
            once.clear();
            for (var example : group) {
                visit(
                        example.text(),
                        settings,
                        (key, _, _, _) -> {
                            if (once.add(key)) counted.add(key);
                        });
            }
        }
        return counted;
    }

    private void fill(Settings settings, FeatureCounts counted, FeatureCounts once) {
        names.add(Features.BIAS);
        names.add(Features.BASE);
        rows = new int[examples.size()][];
        values = new double[examples.size()];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = row(examples.get(row).text(), settings, counted, once);
            values[row] = WeightTable.value(once.size());
        }
        scales = ratios(settings.naiveBayes(), settings.withinSources());
    }

    /** The columns of a text, each once; new features get the next ones. */
    private int[] row(String letters, Settings settings, FeatureCounts counted, FeatureCounts once) {
        var row = new int[letters.length() * (2 + settings.shape().longestPiece())];
        int[] size = {0};
        once.clear();
        visit(
                letters,
                settings,
                (key, kind, start, end) -> {
                    if (!once.add(key) || counted.count(key) < settings.cutoff()) return;
                    Integer column = columns.get(key);
                    if (column == null) {
                        column = names.size();
                        columns.put(key, column);
                        names.add(kind + letters.substring(start, end));
                    }
                    row[size[0]++] = column;
                });
        return Arrays.copyOf(row, size[0]);
    }

    private static void visit(String text, Settings settings, Features.Visitor visitor) {
        Features.visit(text, 0, text.length(), settings.shape(), visitor);
    }

    /**
     * Size of the log-count ratio of each feature, smoothed by one text, to a power, and brought to a mean square of
     * one so that the cost of weights means the same with and without it. Within sources, each of them counts as if its
     * share for the attribute were that of all, so that what tells one source from another is no sign of the attribute.
     */
    private double[] ratios(double power, boolean withinSources) {
        var lifts = withinSources ? lifts() : Map.<String, Sum>of();
        var none = new Sum(1, 1);
        var yes = new double[names.size()];
        var no = new double[names.size()];
        for (int row = 0; row < rows.length; row++) {
            var lift = lifts.getOrDefault(examples.get(row).source(), none);
            double its = yes(row) * lift.yes();
            double others = no(row) * lift.no();
            yes[BIAS] += its;
            no[BIAS] += others;
            for (int column : rows[row]) {
                yes[column] += its;
                no[column] += others;
            }
        }
        var ratios = new double[names.size()];
        double square = 0;
        for (int i = FIXED; i < ratios.length; i++) {
            double inYes = (yes[i] + 1) / (yes[BIAS] + 2);
            double inNo = (no[i] + 1) / (no[BIAS] + 2);
            ratios[i] = power == 0 ? 1 : Math.pow(Math.abs(Math.log(inYes / inNo)), power) + LEAST_RATIO;
            square += ratios[i] * ratios[i];
        }
        double mean = Math.sqrt(square / (ratios.length - BASE));
        for (int i = FIXED; i < ratios.length; i++) ratios[i] /= mean;
        ratios[BIAS] = 1;
        ratios[BASE] = 1;
        return ratios;
    }

    /** By what the examples of each source are multiplied, to bring its share to that of all. */
    private Map<String, Sum> lifts() {
        var bySource = new HashMap<String, Sum>();
        for (var one : examples) bySource.merge(one.source(), new Sum(one.yes(), one.no()), Sum::plus);
        double share = bySource.values().stream().reduce(new Sum(0, 0), Sum::plus).share();
        var lifts = new HashMap<String, Sum>();
        bySource.forEach((source, its) ->
                lifts.put(
                        source,
                        new Sum(
                                Math.min(MOST_LIFT, share / its.share()),
                                Math.min(MOST_LIFT, (1 - share) / (1 - its.share())))));
        return lifts;
    }
}
