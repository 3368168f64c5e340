package dev.parley.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.training.Targets.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetsTest {
    @Test
    void a_figure_when_higher_is_better_gets_the_best_verdict_that_it_reaches() {
        assertThat(Targets.verdict(.955, .968, .975, Optional.of(.975))).isEqualTo(Verdict.STRETCH);
        assertThat(Targets.verdict(.955, .968, .975, Optional.of(.9749))).isEqualTo(Verdict.GOOD);
        assertThat(Targets.verdict(.955, .968, .975, Optional.of(.955))).isEqualTo(Verdict.MUST);
        assertThat(Targets.verdict(.955, .968, .975, Optional.of(.9549))).isEqualTo(Verdict.MISSED);
        assertThat(Targets.verdict(.955, .968, .975, Optional.empty())).isEqualTo(Verdict.NO_DATA);
    }

    @Test
    void a_figure_when_lower_is_better_gets_the_best_verdict_that_it_reaches() {
        assertThat(Targets.verdict(.16, .13, .09, Optional.of(.08))).isEqualTo(Verdict.STRETCH);
        assertThat(Targets.verdict(.16, .13, .09, Optional.of(.131))).isEqualTo(Verdict.MUST);
        assertThat(Targets.verdict(.16, .13, .09, Optional.of(.161))).isEqualTo(Verdict.MISSED);
    }

    @Test
    void a_figure_when_it_must_never_happen_is_missed_by_one() {
        assertThat(Targets.verdict(0, Double.NaN, Double.NaN, Optional.of(0.0))).isEqualTo(Verdict.MUST);
        assertThat(Targets.verdict(0, Double.NaN, Double.NaN, Optional.of(.001))).isEqualTo(Verdict.MISSED);
        assertThat(Targets.verdict(Double.NaN, Double.NaN, .8, Optional.of(.81))).isEqualTo(Verdict.STRETCH);
    }

    @Test
    void the_table_when_there_is_no_data_says_so_in_every_row() {
        var rows = Targets.of(List.of(), new Targets.Foreign(0, 0));

        assertThat(rows).hasSizeGreaterThan(15).allMatch(row -> row.verdict() == Verdict.NO_DATA);
        assertThat(Targets.table(rows)).contains("| Russian AUC | 0.750 | 0.800 | 0.850 |  | no data |");
    }
}
