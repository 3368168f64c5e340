package dev.parley.training;

import dev.parley.text.NormalisedText;
import java.util.Optional;

/**
 * A comment and what one model said of it.
 *
 * @param comment with its labels
 * @param folded its normalised text
 * @param score 0 to 1
 */
record JudgedText(LabelledComment comment, NormalisedText folded, double score) {
    /** Score and truth; empty if nobody said. */
    Optional<Judged.One> judged(String label) {
        return comment.label(label).map(yes -> new Judged.One(score, yes));
    }

    /** Score and truth of a text of which somebody said. */
    Judged.One one(String label) {
        return judged(label).orElseThrow();
    }

    String source() {
        return comment.source();
    }
}
