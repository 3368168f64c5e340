package dev.parley.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.text.Normaliser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BiasTest {
    private static final Offset<Double> EXACT = within(1e-12);

    private static List<Judged.One> tenTimes(Judged.One... ones) {
        var list = new ArrayList<Judged.One>();
        for (var one : ones) list.addAll(Collections.nCopies(Bias.FEWEST, one));
        return list;
    }

    @Test
    void a_group_when_naming_it_raises_the_score_has_a_low_bpsn_and_a_high_bnsp() {
        var naming = tenTimes(new Judged.One(.9, true), new Judged.One(.6, false));
        var others = tenTimes(new Judged.One(.5, true), new Judged.One(.8, true), new Judged.One(.1, false));

        var bias = Bias.of("group", naming, others);

        assertThat(bias.n()).isEqualTo(20);
        assertThat(bias.positives()).isEqualTo(10);
        assertThat(bias.subgroup()).isEqualTo(1, EXACT);
        assertThat(bias.bpsn()).as("positives .5 and .8 against negatives of .6").isEqualTo(.5, EXACT);
        assertThat(bias.bnsp()).as("positives of .9 against negatives of .1").isEqualTo(1, EXACT);
    }

    @Test
    void a_group_when_few_texts_of_a_kind_name_it_has_blanks() {
        var naming = tenTimes(new Judged.One(.9, true)).subList(0, 9);
        var others = tenTimes(new Judged.One(.5, true), new Judged.One(.1, false));

        var bias = Bias.of("group", naming, others);

        assertThat(bias).isEqualTo(new Bias("group", 9, 9, null, null, null));
        assertThat(Bias.weighted(.9, List.of(bias))).isNull();
    }

    @Test
    void the_power_mean_when_groups_differ_leans_to_the_worst() {
        assertThat(Bias.powerMean(Arrays.asList(.5, 1.0, null))).isEqualTo(Math.pow(33 / 2.0, -.2), EXACT);
        assertThat(Bias.powerMean(Arrays.asList((Double) null))).isNull();
        assertThat(Bias.weighted(.9, List.of(new Bias("g", 20, 10, .8, .6, .7)))).isEqualTo(.75, EXACT);
    }

    @Test
    void words_when_they_stand_whole_or_in_disguise_name_a_group() throws IOException {
        var terms = Terms.identities("en");

        assertThat(terms.in(Normaliser.normalise("The MUSLIM mayor, a womаn (sic), and old people")))
                .containsExactly("women", "Muslim", "old");
        assertThat(terms.in(Normaliser.normalise("Management of black ink, womanly talent"))).isEmpty();
        assertThat(Terms.identities("xx").groups()).isEmpty();
        assertThat(Terms.war("en").in(Normaliser.normalise("Troops moved near Gaza."))).containsExactly("war");
        assertThat(Terms.war("en").in(Normaliser.normalise("A warm welcome, towards rewards"))).isEmpty();
    }
}
