package dev.parley.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.scoring.Features;
import dev.parley.text.Normaliser;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExamplesTest {
    private static final Settings WORDS = new Settings(new Features.Shape(3, 5, true), 1, 0.5, 0, false, 100);

    private static Examples of(Object... textsAndShares) {
        var examples = new Examples();
        for (int i = 0; i < textsAndShares.length; i += 2) {
            examples.add(Normaliser.normalise((String) textsAndShares[i]), "one", (double) textsAndShares[i + 1], 1);
        }
        return examples;
    }

    @Test
    void weights_when_fitted_leave_no_gradient() {
        var examples = of("rude fool", 1.0, "rude liar", 1.0, "kind word", 0.0, "kind liar", 0.0, "fool", 0.7);
        examples.index(WORDS);
        var weights = Likelihood.fit(examples, WORDS);

        // at the minimum what the texts pull and what the cost of squares pulls are equal in every column
        var gradient = new double[weights.length];
        for (int row = 0; row < examples.size(); row++) {
            double p = 1 / (1 + Math.exp(-examples.logOdds(row, weights)));
            examples.addTo(gradient, row, p - examples.yes(row));
        }
        for (int column = 1; column < weights.length; column++) gradient[column] += 2 * 0.5 * weights[column];
        for (double part : gradient) assertEquals(0, part, 0.02);
        assertTrue(examples.logOdds(0, weights) > examples.logOdds(2, weights));
    }

    @Test
    void the_quiet_way_leads_to_the_same_weights() {
        var random = new Random(11);
        var words = List.of("rude", "fool", "liar", "kind", "word", "bridge", "town", "idiot", "thanks", "report");
        var examples = new Examples();
        for (int i = 0; i < 300; i++) {
            var text = new StringBuilder();
            boolean rude = false;
            for (int word = 0; word < 6; word++) {
                int which = random.nextInt(words.size());
                rude |= which < 3;
                text.append(words.get(which)).append(' ');
            }
            double base = random.nextGaussian();
            var letters = Normaliser.normalise(text.toString()).text();
            examples.add(letters, "writer " + i % 40, rude == random.nextInt(10) > 0 ? 1 : 0, 1, base);
        }
        var settings = new Settings(Features.SHAPE, 2, 1, 1, false, 200);
        examples.indexBySource(settings);

        var loud = Likelihood.fit(examples, settings);
        var quiet = Likelihood.fitQuietly(examples, settings);

        for (int row = 0; row < examples.size(); row++) {
            assertEquals(examples.logOdds(row, loud), examples.logOdds(row, quiet), 0.05, "row " + row);
        }
    }

    @Test
    void a_text_on_which_annotators_disagreed_pulls_to_their_share() {
        var settings = new Settings(Features.SHAPE, 1, 0.0001, 0, false, 100);
        var examples = of("disputed", 0.7);
        examples.index(settings);
        var weights = Likelihood.fit(examples, settings);
        assertEquals(Math.log(0.7 / 0.3), examples.logOdds(0, weights), 0.05);
    }

    @Test
    void a_feature_that_tells_has_more_freedom_than_one_that_does_not() {
        var examples = of("rude bridge", 1.0, "rude town", 1.0, "kind bridge", 0.0, "kind town", 0.0);
        examples.index(new Settings(Features.SHAPE, 1, 1, 1, false, 100));
        var ones = new double[examples.columns()];
        java.util.Arrays.fill(ones, 1);
        var scales = examples.plain(ones);

        assertTrue(scales.get("wrude") > 5 * scales.get("wbridge"));
        assertEquals(1, scales.get(Features.BIAS));
    }

    @Test
    void what_tells_one_source_from_another_has_freedom_only_if_ratios_are_taken_across_them() {
        var across = newsAndTalk(false);
        var within = newsAndTalk(true);

        // all but one of the news are for it, all but one of the talk against it, and "rude" is what makes the
        // difference
        assertTrue(across.get("wbudget") > across.get("wrude"), across.toString());
        assertTrue(within.get("wrude") > 5 * within.get("wbudget"), within.toString());
    }

    /** The freedom of each feature. */
    private static Map<String, Double> newsAndTalk(boolean withinSources) {
        var examples = new Examples();
        for (int i = 0; i < 8; i++) {
            examples.add(Normaliser.normalise("budget" + (i < 7 ? " rude" : "")), "news", i < 7 ? 1 : 0, 1);
            examples.add(Normaliser.normalise("picnic" + (i < 1 ? " rude" : "")), "talk", i < 1 ? 1 : 0, 1);
        }
        for (int i = 0; i < 2; i++) examples.add(Normaliser.normalise("rude"), "other", 0, 1);
        examples.index(new Settings(Features.SHAPE, 1, 1, 1, withinSources, 100));
        var ones = new double[examples.columns()];
        java.util.Arrays.fill(ones, 1);
        return examples.plain(ones);
    }

    @Test
    void a_feature_in_fewer_texts_than_the_cutoff_is_left_out() {
        var examples = of("rude bridge", 1.0, "rude town", 1.0, "kind town", 0.0);
        examples.index(new Settings(Features.SHAPE, 2, 1, 1, false, 100));
        var names = examples.plain(new double[examples.columns()]).keySet();

        assertTrue(names.contains("wrude"));
        assertTrue(names.contains("wtown"));
        assertFalse(names.contains("wbridge"));
    }
}
