package dev.parley.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parley.text.NormalisedText;
import dev.parley.text.Normaliser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import opennlp.tools.ml.maxent.quasinewton.QNModel;
import opennlp.tools.ml.model.Context;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnSetTest {
    private static final double EQUAL = 1e-6;
    private static final Calibration ON_TOP = new Calibration(.8, -.3, 0);
    private static final Map<String, Double> WORDS = Map.of("wkumquat", 6.0, "bof town", -2.5, "cidi", 1.25);
    private static final Scorers SCORERS = new Scorers();

    /** A model as it would be taught. */
    private static byte[] model(String language, String attribute, Map<String, Double> weights) throws IOException {
        var names = new ArrayList<String>();
        var contexts = new ArrayList<Context>();
        new TreeMap<>(weights)
                .forEach((name, weight) -> {
                    names.add(name);
                    contexts.add(new Context(new int[] {1}, new double[] {weight}));
                });
        var linear =
                new QNModel(
                        contexts.toArray(Context[]::new),
                        names.toArray(String[]::new),
                        new String[] {ModelFile.NO, ModelFile.YES});
        return new ModelFile(attribute, List.of(language), ON_TOP, "own", linear).write();
    }

    private static OwnSet on(@Nullable String base, String language, String attribute) throws IOException {
        return OwnSet.of(base, model(language, attribute, WORDS));
    }

    private static double odds(double probability) {
        return Math.log(probability / (1 - probability));
    }

    /** By hand: what the words of a short text add up to. */
    private static double added(NormalisedText text) {
        var counts = new FeatureCounts();
        double[] sum = {0};
        Features.visit(
                text.text(),
                0,
                text.text().length(),
                (key, kind, start, end) -> {
                    if (counts.add(key)) sum[0] += WORDS.getOrDefault(kind + text.text().substring(start, end), 0.0);
                });
        return sum[0] * WeightTable.value(counts.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "You kumquat of a mayor, you",
                "The kumquat of town hall is an idiot and a liar",
                "Thank you for this careful report about the bridge.",
                "of town of town kumquat kumquat"
            })
    void a_model_adds_to_its_share_of_the_shipped_ones_log_odds(String text) throws IOException {
        var own = on(SCORERS.shippedVersion("en", "toxicity"), "en", "toxicity");
        var folded = Normaliser.normalise(text);

        double shipped = odds(SCORERS.score(text, "en").value("toxicity").orElseThrow());
        var taught = SCORERS.score(text, folded, "en", own);

        assertThat(odds(taught.value("toxicity").orElseThrow()))
                .isCloseTo(.8 * shipped - .3 + added(folded), within(EQUAL));
        assertThat(taught.byAttribute().get("toxicity").modelVersion()).startsWith("own-");
        assertThat(taught.value("insult")).isEqualTo(SCORERS.score(text, "en").value("insult"));
        assertThat(SCORERS.logOdds(text, folded, "en", own).byAttribute().get("toxicity"))
                .isCloseTo(odds(taught.value("toxicity").orElseThrow()), within(EQUAL));
    }

    @Test
    void contributions_add_up_to_the_way_from_no_words_in_windows_of_long_texts_too() throws IOException {
        var shipped = ModelSet.shipped().forLanguage("en").orElseThrow();
        var base = SCORERS.shippedVersion("en", "toxicity");
        var table = on(base, "en", "toxicity").table("en", shipped).orElseThrow();
        var calm = "Nobody of town hall asked about the cost of the repair. ";

        for (var text : List.of("You kumquat of town, idiot", calm.repeat(60) + "You kumquat, you idiot.", "kumquat")) {
            var folded = Normaliser.normalise(text);
            var odds = table.logOdds(folded);
            var contributions = table.contributions(folded);
            for (int column = 0; column < odds.length; column++) {
                double sum = table.emptyLogOdds(column);
                for (var span : contributions.get(column)) sum += span.contribution();
                assertThat(sum).as(table.columns().get(column).attribute()).isCloseTo(odds[column], within(EQUAL));
            }
            var toxicity =
                    table.score(folded).stream()
                            .filter(score -> score.attribute().equals("toxicity"))
                            .findFirst()
                            .orElseThrow();
            assertThat(toxicity.spans())
                    .anySatisfy(span -> assertThat(text.substring(span.start(), span.end())).isEqualTo("kumquat"));
        }
    }

    @Test
    void a_language_without_a_model_is_scored_by_ones_own() throws IOException {
        var text = "Тільки кавун може таке сказати про наше місто";
        var own = OwnSet.of(null, model("uk", "toxicity", Map.of("wкавун", 9.0)));

        assertThat(SCORERS.score(text, "uk").scored()).isFalse();
        var scores = SCORERS.score(text, Normaliser.normalise(text), "uk", own);

        assertThat(scores.scored()).isTrue();
        assertThat(scores.language()).isEqualTo("uk");
        assertThat(scores.byAttribute()).containsOnlyKeys("toxicity");
        var spans = scores.byAttribute().get("toxicity").spans();
        assertThat(text.substring(spans.getFirst().start(), spans.getFirst().end())).isEqualTo("кавун");
        assertThat(SCORERS.versions(own)).containsKey("uk/toxicity").containsKey("en/toxicity");
    }

    @Test
    void a_model_that_stands_on_another_one_than_is_shipped_scores_nothing() throws IOException {
        var text = "You kumquat of a mayor";
        for (var base : new String[] {"2020.1-00000000", null}) {
            var own = on(base, "en", "toxicity");
            assertThat(SCORERS.score(text, Normaliser.normalise(text), "en", own)).isEqualTo(SCORERS.score(text, "en"));
            assertThat(SCORERS.versions(own)).isEqualTo(SCORERS.versions());
        }
        var forNothing = OwnSet.of("2020.1-00000000", model("uk", "toxicity", WORDS));
        assertThat(SCORERS.score("Тільки кавун може таке сказати про наше місто", "uk"))
                .isEqualTo(
                        SCORERS.score(
                                "Тільки кавун може таке сказати про наше місто",
                                Normaliser.normalise("Тільки кавун може таке сказати про наше місто"),
                                "uk",
                                forNothing));
    }

    @Test
    void a_model_takes_the_place_of_the_one_for_its_language_and_attribute_alone() throws IOException {
        var version = SCORERS.shippedVersion("en", "toxicity");
        var first = on(version, "en", "toxicity");
        var second = new OwnSet.Own(version, ModelWeights.read(model("en", "toxicity", Map.of("wkumquat", -6.0))));
        var insult =
                new OwnSet.Own(SCORERS.shippedVersion("en", "insult"), ModelWeights.read(model("en", "insult", WORDS)));
        var text = "You kumquat of a mayor";
        var folded = Normaliser.normalise(text);

        var both = first.with(second).with(insult);

        var scores = SCORERS.score(text, folded, "en", both);
        assertThat(scores.value("toxicity").orElseThrow())
                .isLessThan(SCORERS.score(text, "en").value("toxicity").orElseThrow());
        assertThat(scores.value("insult").orElseThrow())
                .isGreaterThan(SCORERS.score(text, "en").value("insult").orElseThrow());
        assertThat(SCORERS.versions(both)).hasSameSizeAs(SCORERS.versions()).isNotEqualTo(SCORERS.versions());
    }

    @Test
    void what_is_no_model_is_told_apart_from_a_score() {
        assertThatThrownBy(() -> OwnSet.of(null, new byte[] {1, 2, 3})).isInstanceOf(ScoringUnavailable.class);
    }
}
