package dev.parley.policy;

import dev.parley.scoring.Scores;
import dev.parley.text.NormalisedText;
import org.jspecify.annotations.Nullable;

/**
 * What is judged.
 *
 * @param scores null if the scorer failed
 */
public record Case(NormalisedText text, @Nullable Scores scores, Signals signals) {}
