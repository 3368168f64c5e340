package dev.parley.training;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much worse texts that name a group of people are ranked than others: Borkan and others, "Nuanced Metrics for
 * Measuring Unintended Bias with Real Data for Text Classification" (2019).
 *
 * @param group whose words the texts hold
 * @param n texts that name it
 * @param positives of them
 * @param subgroup AUC among those texts; null where either kind is too rare among them
 * @param bpsn AUC of positives without the group against negatives that name it; low where naming it raises the score
 * @param bnsp AUC of positives that name it against negatives without; low where naming it lowers the score
 */
record Bias(
        String group, int n, long positives, @Nullable Double subgroup, @Nullable Double bpsn, @Nullable Double bnsp) {
    /** With fewer of a kind an AUC says nothing. */
    static final int FEWEST = 10;

    /** Of the mean over groups: the worst weigh most. As in the Jigsaw competition on unintended bias (2019). */
    private static final double POWER = -5;

    static Bias of(String group, Collection<Judged.One> naming, Collection<Judged.One> others) {
        var inside = new Judged(naming);
        return new Bias(
                group,
                inside.size(),
                inside.positives(),
                auc(naming),
                auc(
                        Stream.concat(
                                        others.stream().filter(Judged.One::yes),
                                        naming.stream().filter(one -> !one.yes()))
                                .toList()),
                auc(
                        Stream.concat(
                                        others.stream().filter(one -> !one.yes()),
                                        naming.stream().filter(Judged.One::yes))
                                .toList()));
    }

    private static @Nullable Double auc(Collection<Judged.One> ones) {
        var judged = new Judged(ones);
        return judged.positives() < FEWEST || judged.negatives() < FEWEST ? null : judged.auc();
    }

    /**
     * A quarter each of the overall AUC and of the power means of the three others over the groups that have them, as
     * in that competition; null where one of them has no group.
     */
    static @Nullable Double weighted(double overall, List<Bias> groups) {
        var subgroup = powerMean(groups.stream().map(Bias::subgroup).toList());
        var bpsn = powerMean(groups.stream().map(Bias::bpsn).toList());
        var bnsp = powerMean(groups.stream().map(Bias::bnsp).toList());
        return subgroup == null || bpsn == null || bnsp == null ? null : (overall + subgroup + bpsn + bnsp) / 4;
    }

    static @Nullable Double powerMean(List<@Nullable Double> values) {
        double sum = 0;
        int n = 0;
        for (var value : values) {
            if (value == null) continue;
            sum += Math.pow(value, POWER);
            n++;
        }
        return n == 0 ? null : Math.pow(sum / n, 1 / POWER);
    }
}
