package dev.parley.training;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The figures to reach, set before any model was made, beside those that were reached. Rows without data have no
 * verdict; speed and heap are measured by the benchmarks, not here.
 */
final class Targets {
    private static final String NEWS_SOURCE = "civil";

    private static final Set<Disguise> SEVEN = EnumSet.range(Disguise.LEET, Disguise.DIACRITICS);

    /** How far a figure got. */
    enum Verdict {
        STRETCH,
        GOOD,
        MUST,
        MISSED,
        NO_DATA
    }

    /**
     * One figure to reach.
     *
     * @param name what is measured
     * @param must the least
     * @param good what is wanted
     * @param stretch the best imagined
     * @param reached null without data
     * @param verdict how far it got
     */
    record Row(String name, double must, double good, double stretch, @Nullable Double reached, Verdict verdict) {}

    /**
     * Texts in Russian and Ukrainian that the shipped scorers judged by the English toxicity model.
     *
     * @param n such texts
     * @param byEnglish of them judged so
     */
    record Foreign(int n, long byEnglish) {}

    private final List<Figures> all;
    private final List<Row> rows = new ArrayList<>();

    private Targets(List<Figures> all) {
        this.all = all;
    }

    static List<Row> of(List<Figures> all, Foreign foreign) {
        var targets = new Targets(all);
        targets.toxicity();
        targets.spam();
        targets.identityAttack();
        targets.falseAlarms(foreign);
        targets.robustness();
        targets.add("Russian AUC", .75, .80, .85, targets.measure("toxicity", "ru", Figures.ALL, Slice.Measures::auc));
        return targets.rows;
    }

    private void toxicity() {
        add("toxicity AUC, all", .955, .968, .975, english(Figures.ALL, Slice.Measures::auc));
        add("toxicity AUC, natural mix", .940, .957, .964, english(Figures.NATURAL, Slice.Measures::auc));
        add("toxicity PR-AUC, natural mix", .80, .85, .87, english(Figures.NATURAL, Slice.Measures::averagePrecision));
        add(
                "toxicity precision at recall .8, natural mix",
                .65,
                .72,
                .76,
                english(Figures.NATURAL, Slice.Measures::precision));
        add("toxicity AUC, never-seen sources", .86, .885, .91, english(Figures.UNSEEN, Slice.Measures::auc));
    }

    private void spam() {
        add("spam AUC", .970, .980, .985, measure("spam", "en", Figures.ALL, Slice.Measures::auc));
        add("spam F1 at .5", .88, .92, .94, measure("spam", "en", Figures.ALL, Slice.Measures::f1));
        add("spam F1, best threshold", .88, .92, .94, measure("spam", "en", Figures.ALL, Slice.Measures::bestF1));
        add(
                "news comments called spam (at .5)",
                .015,
                .01,
                .005,
                model("spam", "en")
                        .flatMap(spam ->
                                spam.strangers().stream().filter(one -> one.source().equals(NEWS_SOURCE)).findFirst())
                        .map(Figures.Strangers::atHalf));
    }

    private void identityAttack() {
        var attack = model("identity_attack", "en");
        add(
                "identity attack AUC, functional suite",
                .69,
                .72,
                .76,
                measure("identity_attack", "en", Figures.SUITE, Slice.Measures::auc));
        var suite = attack.map(Figures::suiteAtHalf);
        add("identity attack, hateful cases right (at .5)", .5, .6, .65, suite.map(Judged.AtThreshold::recall));
        add("identity attack, cases without hate right (at .5)", .5, .6, .65, suite.map(at -> 1 - at.falseAlarms()));
    }

    private void falseAlarms(Foreign foreign) {
        add("healthy news comments flagged at 80 % recall", .16, .13, .09, flagged(Figures.NEWS));
        add("those naming a group of people", .20, .15, .10, flagged(Figures.NEWS_IDENTITY));
        add("calm comments about a war flagged", .13, .08, .04, flagged(Figures.WAR));
        add(
                "Russian and Ukrainian judged by the English model",
                0,
                Double.NaN,
                Double.NaN,
                foreign.n() == 0 ? Optional.empty() : Optional.of((double) foreign.byEnglish() / foreign.n()));
    }

    private void robustness() {
        var toxicity = model("toxicity", "en").filter(figures -> !figures.disguises().isEmpty());
        add("recall on disguises, mean of seven", .85, .90, .92, toxicity.map(Targets::meanOfSeven));
        add(
                "recall on starred words",
                Double.NaN,
                Double.NaN,
                .80,
                toxicity.map(figures -> mean(figures, EnumSet.of(Disguise.STARRED))));
        add(
                "calibration error, natural mix",
                .015,
                .01,
                .006,
                english(Figures.NATURAL, Slice.Measures::calibrationError));
        add(
                "largest model file, MB",
                3,
                2,
                1.6,
                all.stream().map(figures -> figures.bytes() / 1e6).max(Double::compare));
    }

    private Optional<Double> english(String slice, Function<Slice.Measures, Double> measure) {
        return measure("toxicity", "en", slice, measure);
    }

    private Optional<Double> measure(
            String attribute, String language, String slice, Function<Slice.Measures, Double> measure) {
        return model(attribute, language).flatMap(figures -> figures.measures(slice)).map(measure);
    }

    private Optional<Double> flagged(String name) {
        return model("toxicity", "en").flatMap(figures -> figures.falseAlarms(name)).map(Figures.FalseAlarms::share);
    }

    private Optional<Figures> model(String attribute, String language) {
        return all.stream()
                .filter(figures -> figures.attribute().equals(attribute) && figures.languages().contains(language))
                .findFirst();
    }

    private void add(String name, double must, double good, double stretch, Optional<Double> reached) {
        rows.add(new Row(name, must, good, stretch, reached.orElse(null), verdict(must, good, stretch, reached)));
    }

    /**
     * Lower is better where the figures fall, or where the least wanted is none at all. NaN stands for no such figure.
     */
    static Verdict verdict(double must, double good, double stretch, Optional<Double> reached) {
        if (reached.isEmpty()) return Verdict.NO_DATA;
        double sign = stretch < must || must == 0 ? -1 : 1;
        double value = sign * reached.get();
        if (value >= sign * stretch) return Verdict.STRETCH;
        if (value >= sign * good) return Verdict.GOOD;
        return value >= sign * must ? Verdict.MUST : Verdict.MISSED;
    }

    /** Mean recall over the seven disguises from leet to diacritics. */
    static double meanOfSeven(Figures figures) {
        return mean(figures, SEVEN);
    }

    private static double mean(Figures figures, Set<Disguise> of) {
        return figures.disguises().stream()
                .filter(one -> of.contains(one.disguise()))
                .mapToDouble(Figures.Recall::recall)
                .average()
                .orElse(Double.NaN);
    }

    /** The rows as a table; for shares of false alarms and errors lower is better, and the numbers fall. */
    static String table(List<Row> rows) {
        var report = new Report();
        report.line("## Figures to reach");
        report.header("figure", "must", "good", "stretch", "reached", "verdict");
        for (var row : rows) {
            report.row(
                    row.name(),
                    shown(row.must()),
                    shown(row.good()),
                    shown(row.stretch()),
                    row.reached() == null ? "" : FiguresPage.number("%.4f", row.reached()),
                    row.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        return report.toString();
    }

    private static String shown(double target) {
        return FiguresPage.number("%.3f", target);
    }
}
