package dev.parley.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class JudgedTest {
    private static final double EXACT = 1e-12;

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
        assertEquals((3 + 1.5) / 6, judged.auc(), EXACT);
    }

    @Test
    void average_precision_when_there_are_ties_takes_them_together() {
        assertEquals(.5 * 1 + .5 * .5, judged.averagePrecision(), EXACT);
    }

    @Test
    void a_threshold_when_applied_has_precision_recall_and_false_alarms() {
        var at = judged.at(.75);

        assertEquals(.5, at.precision(), EXACT);
        assertEquals(.5, at.recall(), EXACT);
        assertEquals(1 / 3.0, at.falseAlarms(), EXACT);
        assertEquals(.7, judged.thresholdForRecall(.8), EXACT);
    }

    @Test
    void scores_that_say_what_happens_when_binned_have_no_calibration_error() {
        var honest = new Judged(List.of(new Judged.One(.5, true), new Judged.One(.5, false)));

        assertEquals(0, honest.calibrationError(), EXACT);
    }
}
