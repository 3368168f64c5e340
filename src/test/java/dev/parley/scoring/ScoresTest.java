package dev.parley.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which words of a score are kept. */
class ScoresTest {

    private static final List<Span> WORDS = List.of(new Span(0, 4, .763_898_042), new Span(7, 9, .000_04));

    private final Scores scores =
            new Scores(
                    "en",
                    true,
                    Map.of(
                            "insult", new Score("insult", .049_999, "2-a", WORDS),
                            "threat", new Score("threat", .001_234_567_89, "2-b", WORDS),
                            "toxicity", new Score("toxicity", .05, "2-c", WORDS)));

    @Test
    void words_are_kept_where_a_score_says_something() {
        var kept = scores.toKeep(attribute -> false).byAttribute();
        assertThat(kept.get("toxicity").spans()).hasSize(2);
        assertThat(kept.get("insult").spans()).isEmpty();
        assertThat(kept.get("threat").spans()).isEmpty();
    }

    @Test
    void words_of_what_decided_are_kept_however_low() {
        var kept = scores.toKeep("threat"::equals).byAttribute();
        assertThat(kept.get("threat").spans()).hasSize(2);
        assertThat(kept.get("insult").spans()).isEmpty();
    }

    @Test
    void values_stay_exact_and_contributions_keep_four_decimals() {
        var kept = scores.toKeep(attribute -> true);
        assertThat(kept.language()).isEqualTo("en");
        assertThat(kept.scored()).isTrue();
        assertThat(kept.byAttribute().get("threat").value()).isEqualTo(.001_234_567_89);
        assertThat(kept.byAttribute().get("threat").modelVersion()).isEqualTo("2-b");
        assertThat(kept.byAttribute().get("threat").spans()).containsExactly(new Span(0, 4, .763_9), new Span(7, 9, 0));
    }
}
