package dev.parley.interop;

import dev.parley.scoring.GuardedScorers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which attributes the loaded models know, in which languages. */
@ApplicationScoped
class Attributes {

    private final GuardedScorers scorers;

    Attributes(GuardedScorers scorers) {
        this.scorers = scorers;
    }

    /** In at least one language. */
    Set<String> all() {
        return scorers.versions().keySet().stream()
                .map(model -> model.substring(model.indexOf('/') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean isKnown(String attribute, String language) {
        return scorers.versions().containsKey(language + "/" + attribute);
    }
}
