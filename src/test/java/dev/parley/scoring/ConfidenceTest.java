package dev.parley.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfidenceTest {

    @Test
    void every_score_of_a_shipped_model_says_how_far_it_can_be_trusted() {
        var scores = new Scorers().score("You are a stupid idiot and a pathetic liar", "en").byAttribute();

        assertThat(scores).isNotEmpty();
        assertThat(scores.values())
                .allSatisfy(score ->
                        assertThat(Confidence.of(score))
                                .hasValueSatisfying(said -> assertThat(said).isIn("normal", "low")));
        assertThat(Confidence.of(new Score("toxicity", 0.5, "of-somebody-else", List.of()))).isEmpty();
    }

    @Test
    void a_part_of_a_text_is_scored_in_the_language_that_is_said() {
        var scorers = new Scorers();

        assertThat(scorers.scoreAs("Du Idiot", "en").byAttribute()).containsKey("toxicity");
        assertThat(scorers.scoreAs("You are an idiot", "uk").byAttribute()).isEmpty();
        assertThat(scorers.scoreAs("you idiot", "en").value("toxicity"))
                .isEqualTo(scorers.score("you idiot", "en").value("toxicity"));
    }
}
