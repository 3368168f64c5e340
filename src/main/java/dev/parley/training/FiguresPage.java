package dev.parley.training;

import dev.parley.scoring.Calibration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figures of one model as Markdown. */
final class FiguresPage {
    private final Figures figures;
    private final Report report = new Report();

    private FiguresPage(Figures figures) {
        this.figures = figures;
    }

    static String of(Figures figures) {
        var page = new FiguresPage(figures);
        page.slices();
        page.identities();
        page.falseAlarms();
        page.thresholds();
        page.disguises();
        page.strangers();
        page.functions();
        return page.report.toString();
    }

    static String number(String format, @Nullable Double value) {
        return value == null || value.isNaN() ? "" : String.format(Locale.ROOT, format, value);
    }

    /** How a model's log-odds become calibrated ones. */
    static String formula(Calibration by) {
        var bent = by.bend() == 0 ? "log-odds" : "(log-odds − " + by.bend() + " × ln(1 + e^log-odds))";
        return String.format(Locale.ROOT, "%.4f × %s %+.4f", by.slope(), bent, by.intercept());
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    private void slices() {
        report.header(
                "texts",
                "n",
                "with it",
                "AUC",
                "95 %",
                "PR-AUC",
                "best F1",
                "F1 at .5",
                "precision at recall .8",
                "calibration error",
                "Brier");
        for (var slice : figures.slices()) {
            var m = slice.measures();
            if (m == null) {
                report.row(slice.name(), count(slice.n()), count(slice.positives()), "", "", "", "", "", "", "", "");
                continue;
            }
            report.row(
                    slice.name(),
                    count(slice.n()),
                    count(slice.positives()),
                    number("%.4f", m.auc()),
                    number("%.3f", m.aucLow()) + "–" + number("%.3f", m.aucHigh()),
                    number("%.4f", m.averagePrecision()),
                    number("%.3f", m.bestF1()),
                    number("%.3f", m.f1()),
                    number("%.3f", m.precision()),
                    number("%.4f", m.calibrationError()),
                    number("%.4f", m.brier()));
        }
    }

    private void identities() {
        if (figures.identities().isEmpty()) return;
        report.line("");
        report.line("By group of people named in the text (fewer than %d of a kind: blank):", Bias.FEWEST);
        report.header("group", "n", "with it", "subgroup AUC", "BPSN AUC", "BNSP AUC");
        for (var group : figures.identities()) {
            report.row(
                    group.group(),
                    count(group.n()),
                    count(group.positives()),
                    number("%.3f", group.subgroup()),
                    number("%.3f", group.bpsn()),
                    number("%.3f", group.bnsp()));
        }
        if (figures.weightedBias() != null) {
            report.line("");
            report.line("AUC weighted with the worst groups: %s.", number("%.4f", figures.weightedBias()));
        }
    }

    private void falseAlarms() {
        report.line("");
        report.line(
                "Texts flagged that do not have it, at the threshold that catches 80 %% of %s (%s):",
                figures.thresholdTexts().equals(Figures.ALL) ? "all" : "the natural mix",
                number("%.3f", figures.thresholdAt80()));
        report.header("texts", "n", "flagged");
        for (var alarm : figures.falseAlarms()) {
            report.row(alarm.name(), count(alarm.n()), percent(alarm.share()));
        }
    }

    private void thresholds() {
        report.line("");
        report.line(
                "Thresholds on %s:", figures.thresholdTexts().equals(Figures.ALL) ? "all texts" : "the natural mix");
        report.header("threshold", "precision", "recall", "false alarms");
        for (var at : figures.thresholds()) {
            report.row(
                    number("%.3f", at.threshold()),
                    number("%.3f", at.precision()),
                    number("%.3f", at.recall()),
                    number("%.2f %%", 100 * at.falseAlarms()));
        }
    }

    private void disguises() {
        if (figures.disguises().isEmpty()) return;
        report.line("");
        report.line(
                "Recall on %s short texts at the threshold that catches 80 %%, every word of four letters and more hidden:",
                count(figures.disguises().getFirst().n()));
        report.header("disguise", "recall");
        for (var one : figures.disguises()) {
            report.row(one.disguise().name().toLowerCase(Locale.ROOT).replace('_', '-'), number("%.3f", one.recall()));
        }
        report.row("mean of leet to diacritics", number("%.3f", Targets.meanOfSeven(figures)));
    }

    private void strangers() {
        if (figures.strangers().isEmpty()) return;
        report.line("");
        report.line("Comments of other sources called spam:");
        report.header("source", "n", "at .5", "at .9", "at .98");
        for (var one : figures.strangers()) {
            report.row(
                    "`" + one.source() + "`",
                    count(one.n()),
                    number("%.2f %%", 100 * one.atHalf()),
                    number("%.2f %%", 100 * one.at90()),
                    number("%.2f %%", 100 * one.at98()));
        }
    }

    private void functions() {
        if (figures.functions().isEmpty()) return;
        report.line("");
        report.line("The functional suite, by what a case tests:");
        report.header("cases", "n", "have it", "right at .5", "mean score");
        for (var one : figures.functions()) {
            report.row(
                    one.name(),
                    count(one.n()),
                    one.has() ? "yes" : "no",
                    percent(one.right()),
                    number("%.2f", one.mean()));
        }
    }
}
