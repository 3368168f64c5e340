package dev.parley.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.scoring.Calibration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlattTest {
    private static final long SEED = 11;

    /** Log-odds of a model from -6 to 6, and whether the comment has the attribute, by chance as a calibration says. */
    private record Drawn(double[] raw, boolean[] yes) {
        static Drawn of(Calibration truth, int n) {
            var random = new Random(SEED);
            var raw = new double[n];
            var yes = new boolean[n];
            for (int i = 0; i < n; i++) {
                raw[i] = random.nextDouble(-6, 6);
                yes[i] = random.nextDouble() < truth.probability(raw[i]);
            }
            return new Drawn(raw, yes);
        }

        Calibration fit() {
            return Platt.fit(raw, yes, Double.NaN);
        }
    }

    @Test
    void a_straight_line_when_comments_follow_one_is_found_and_left_straight() {
        var found = Drawn.of(new Calibration(1.4, -0.5, 0), 20_000).fit();
        assertEquals(0, found.bend());
        assertEquals(1.4, found.slope(), 0.1);
        assertEquals(-0.5, found.intercept(), 0.1);
    }

    @Test
    void a_bent_line_when_comments_follow_one_is_found() {
        var truth = new Calibration(1.6, 1, 0.4);
        var found = Drawn.of(truth, 20_000).fit();
        assertEquals(0.4, found.bend(), 0.1001);
        for (double raw = -5; raw <= 5; raw++) assertEquals(truth.probability(raw), found.probability(raw), 0.02);
    }

    @Test
    void few_comments_do_not_bend_it() {
        assertEquals(0, Drawn.of(new Calibration(1.6, 1, 0.5), 150).fit().bend());
    }

    @Test
    void a_bent_line_keeps_the_order_and_its_steepness_leads_from_one_value_to_another() {
        var bent = new Calibration(1.6, 1, 0.5);
        for (double raw = -40; raw < 40; raw += 0.5) {
            assertTrue(bent.logOdds(raw) < bent.logOdds(raw + 0.5), "at " + raw);
            assertEquals(bent.logOdds(raw), bent.logOdds(-2) + (raw + 2) * bent.steepness(-2, raw), 1e-9);
        }
        assertEquals(bent.steepness(1, 1.001), bent.steepness(1, 1), 1e-3);
        assertEquals(1.6, bent.steepness(-30, -31), 1e-6);
        assertEquals(0.8, bent.steepness(30, 31), 1e-6);
    }

    @Test
    void a_prior_when_given_moves_the_scores_to_that_share() {
        var drawn = Drawn.of(new Calibration(1.5, 0, 0), 20_000);
        var calibration = Platt.fit(drawn.raw(), drawn.yes(), 0.1);
        assertEquals(Math.log(0.1 / 0.9), calibration.intercept(), 0.15);
    }
}
