package dev.parley.simulation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.parley.scoring.Score;
import dev.parley.scoring.Scores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stored scores without the words that drove them: no policy asks for those, and to read them took a third of a trial.
 */
record KeptScores(String language, boolean scored, Map<String, Value> byAttribute) {

    /** One score of them, named by its key. */
    @JsonIgnoreProperties({"attribute", "spans"})
    record Value(double value, String modelVersion) {}

    /** The scores as a policy takes them. */
    Scores scores() {
        Map<String, Score> all = new HashMap<>();
        byAttribute.forEach((attribute, its) ->
                all.put(attribute, new Score(attribute, its.value(), its.modelVersion(), List.of())));
        return new Scores(language, scored, all);
    }
}
