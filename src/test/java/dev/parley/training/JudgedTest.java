package dev.parley.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class JudgedTest {
    private static final Offset<Double> EXACT = within(1e-12);

    private final Judged judged =
            new Judged(
                    List.of(
                            new Judged.One(.9, true),
                            new Judged.One(.8, false),
                            new Judged.One(.7, true),
                            new Judged.One(.7, false),
                            new Judged.One(.1, false)));

    @Test
    void the_auc_when_there_are_ties_counts_them_half() {
        assertThat(judged.auc()).isEqualTo((3 + 1.5) / 6, EXACT);
    }

    @Test
    void average_precision_when_there_are_ties_takes_them_together() {
        assertThat(judged.averagePrecision()).isEqualTo(.5 * 1 + .5 * .5, EXACT);
    }

    @Test
    void a_threshold_when_applied_has_precision_recall_and_false_alarms() {
        var at = judged.at(.75);

        assertThat(at.precision()).isEqualTo(.5, EXACT);
        assertThat(at.recall()).isEqualTo(.5, EXACT);
        assertThat(at.falseAlarms()).isEqualTo(1 / 3.0, EXACT);
        assertThat(judged.thresholdForRecall(.8)).isEqualTo(.7, EXACT);
        assertThat(judged.f1(.75)).isEqualTo(.5, EXACT);
    }

    @Test
    void the_best_f1_when_scores_are_equal_does_not_part_them() {
        assertThat(judged.bestF1()).as("at .9: precision 1, recall .5; at .7: .5 and 1").isEqualTo(2 / 3.0, EXACT);
        var tied = new Judged(List.of(new Judged.One(.5, true), new Judged.One(.5, false)));
        assertThat(tied.bestF1()).isEqualTo(2 / 3.0, EXACT);
    }

    @Test
    void scores_that_say_what_happens_when_binned_have_no_calibration_error() {
        var honest = new Judged(List.of(new Judged.One(.5, true), new Judged.One(.5, false)));

        assertThat(honest.calibrationError()).isEqualTo(0, EXACT);
    }

    @Test
    void the_calibration_error_when_there_are_several_bins_is_their_mean_by_size() {
        // .9 alone: .1 off; .8 alone: .8 off; two of .7: half of them, .2 off each; .1 alone: .1 off
        assertThat(judged.calibrationError()).isEqualTo((.1 + .8 + 2 * .2 + .1) / 5, EXACT);
        assertThat(judged.bins()).extracting(Judged.Bin::n).containsExactly(1, 2, 1, 1);
    }

    @Test
    void the_brier_score_when_computed_is_the_mean_squared_distance() {
        assertThat(judged.brier()).isEqualTo((.01 + .64 + .09 + .49 + .01) / 5, EXACT);
    }

    @Test
    void the_curve_when_drawn_has_a_point_per_different_score() {
        assertThat(judged.curve())
                .containsExactly(
                        new Judged.Point(.5, 1, 0),
                        new Judged.Point(.5, .5, 1 / 3.0),
                        new Judged.Point(1, .5, 2 / 3.0),
                        new Judged.Point(1, .4, 1));
    }

    @Test
    void the_interval_when_drawn_again_is_the_same_holds_the_auc_and_narrows_with_more_texts() {
        var few = sample(60);
        var many = sample(6_000);

        assertThat(few.aucInterval()).isEqualTo(sample(60).aucInterval());
        assertThat(few.auc()).isBetween(few.aucInterval().low(), few.aucInterval().high());
        assertThat(many.auc()).isBetween(many.aucInterval().low(), many.aucInterval().high());
        // by Hanley and McNeil (1982) the standard error at this AUC and size is .0052, the interval four of them
        assertThat(many.aucInterval().high() - many.aucInterval().low()).isBetween(.015, .027);
        assertThat(few.aucInterval().high() - few.aucInterval().low()).isGreaterThan(.1);
    }

    private static Judged sample(int n) {
        var random = new Random(3);
        var ones = new ArrayList<Judged.One>();
        for (int i = 0; i < n; i++) ones.add(new Judged.One(random.nextGaussian() + i % 2, i % 2 == 1));
        return new Judged(ones);
    }

    @Test
    void texts_of_one_kind_when_judged_have_no_measures() {
        var slice = Slice.of("all", new Judged(List.of(new Judged.One(.5, true))));

        assertThat(slice.measures()).isNull();
        assertThat(slice.positives()).isEqualTo(1);
    }
}
