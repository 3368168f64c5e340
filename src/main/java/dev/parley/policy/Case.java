package dev.parley.policy;

import dev.parley.article.ArticleView;
import dev.parley.scoring.Scores;
import dev.parley.text.NormalisedText;
import org.jspecify.annotations.Nullable;

/**
 * What is judged.
 *
 * @param body as it is kept
 * @param text the same, normalised
 * @param scores null if the scorer failed
 * @param site key of its site
 */
public record Case(
        String body, NormalisedText text, @Nullable Scores scores, Signals signals, ArticleView article, String site) {}
