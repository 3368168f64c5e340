package dev.parley.standalone;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** How well holding fits the labels: a row per label and source. A comment without the label is in none of its rows. */
final class ReplayTable {

    static final String ALL = "all";

    private static final List<String> LABELS = List.of("toxic", "spam");

    /**
     * Counts of one label in one source. Positive is what was held or rejected, for whatever reason.
     *
     * @param falsePositives held without the label
     * @param falseNegatives published with it
     */
    record Row(
            String label, String source, int truePositives, int falsePositives, int falseNegatives, int trueNegatives) {

        int texts() {
            return truePositives + falsePositives + falseNegatives + trueNegatives;
        }

        int labelled() {
            return truePositives + falseNegatives;
        }

        /** Share of the held that have the label; NaN if none was held. */
        double precision() {
            return share(truePositives, truePositives + falsePositives);
        }

        /** Share of those with the label that were held; NaN if there are none. */
        double recall() {
            return share(truePositives, labelled());
        }

        /** Share of those without the label that were held all the same; NaN if there are none. */
        double falseAlarms() {
            return share(falsePositives, falsePositives + trueNegatives);
        }

        private Row plus(boolean labelled, boolean held) {
            return new Row(
                    label,
                    source,
                    truePositives + (labelled && held ? 1 : 0),
                    falsePositives + (!labelled && held ? 1 : 0),
                    falseNegatives + (labelled && !held ? 1 : 0),
                    trueNegatives + (!labelled && !held ? 1 : 0));
        }

        private static double share(int part, int whole) {
            return whole == 0 ? Double.NaN : (double) part / whole;
        }
    }

    private ReplayTable() {}

    /** A row for all sources of a label, then one for each, by name. Labels that nobody gave have no rows. */
    static List<Row> rows(Collection<ReplayOutcome> outcomes) {
        var rows = new ArrayList<Row>();
        for (var label : LABELS) {
            var all = new Row(label, ALL, 0, 0, 0, 0);
            var bySource = new TreeMap<String, Row>();
            for (var outcome : outcomes) {
                var truth = outcome.comment().label(label);
                if (truth.isEmpty() || !outcome.judged()) {
                    continue;
                }
                var source = outcome.comment().source();
                all = all.plus(truth.get(), outcome.restricted());
                bySource.put(
                        source,
                        bySource.getOrDefault(source, new Row(label, source, 0, 0, 0, 0))
                                .plus(truth.get(), outcome.restricted()));
            }
            if (all.texts() > 0) {
                rows.add(all);
                rows.addAll(bySource.values());
            }
        }
        return rows;
    }

    static String text(Collection<ReplayOutcome> outcomes) {
        var text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "  %-6s %-11s %7s %9s %6s %10s %7s %13s%n",
                        "label",
                        "source",
                        "texts",
                        "with it",
                        "held",
                        "precision",
                        "recall",
                        "false alarms"));
        for (var row : rows(outcomes)) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "  %-6s %-11s %,7d %,9d %,6d %10s %7s %13s%n",
                            row.label(),
                            row.source(),
                            row.texts(),
                            row.labelled(),
                            row.truePositives() + row.falsePositives(),
                            number("%.3f", row.precision()),
                            number("%.3f", row.recall()),
                            number("%.1f %%", 100 * row.falseAlarms())));
        }
        return text.toString();
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
