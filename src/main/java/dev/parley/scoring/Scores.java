package dev.parley.scoring;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All that the models said about a text.
 *
 * @param language ISO 639-1 code of the text, or {@code und} where it could not be told
 * @param scored whether there was a toxicity model for it; if not, silence means nothing, and only attributes that are
 *     judged across languages (spam) may be present
 * @param byAttribute the scores by attribute name
 */
public record Scores(String language, boolean scored, Map<String, Score> byAttribute) {

    /** A quarter of the lowest threshold of the presets. */
    private static final double EXPLAINED = .05;

    public Scores {
        byAttribute = Map.copyOf(byAttribute);
    }

    /** The calibrated probability of an attribute, if it was scored. */
    public Optional<Double> value(String attribute) {
        return Optional.ofNullable(byAttribute.get(attribute)).map(Score::value);
    }

    /**
     * The same scores as they are kept: with words only where they say something, which is from {@value #EXPLAINED} on
     * and for the attributes that are asked for. Which words made .003 of a calm sentence nobody wants to know, and
     * they were most of what is stored of a comment.
     */
    public Scores toKeep(Predicate<String> decisive) {
        Map<String, Score> all = HashMap.newHashMap(byAttribute.size());
        byAttribute.forEach(
                (name, score) -> all.put(name, score.toKeep(score.value() >= EXPLAINED || decisive.test(name))));
        return new Scores(language, scored, all);
    }
}
