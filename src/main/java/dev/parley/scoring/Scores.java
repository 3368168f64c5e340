package dev.parley.scoring;

import java.util.Map;
import java.util.Optional;

/**
 * All that the models said about a text.
 *
 * @param language ISO 639-1 code of the text, or {@code und} where it could not be told
 * @param scored whether there was a toxicity model for it; if not, silence means nothing, and only attributes that are
 *     judged across languages (spam) may be present
 * @param byAttribute the scores by attribute name
 */
public record Scores(String language, boolean scored, Map<String, Score> byAttribute) {
    public Scores {
        byAttribute = Map.copyOf(byAttribute);
    }

    /** The calibrated probability of an attribute, if it was scored. */
    public Optional<Double> value(String attribute) {
        return Optional.ofNullable(byAttribute.get(attribute)).map(Score::value);
    }
}
