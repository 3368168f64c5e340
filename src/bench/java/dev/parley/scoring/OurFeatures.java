package dev.parley.scoring;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import opennlp.tools.doccat.FeatureGenerator;

/** {@link Features} as strings, as the library asks for them; it makes an instance by name. */
public final class OurFeatures implements FeatureGenerator {
    @Override
    public Collection<String> extractFeatures(String[] tokens, Map<String, Object> extra) {
        return in(tokens[0]);
    }

    /** The names of the different features of a normalised text. */
    static Set<String> in(String text) {
        var features = new HashSet<String>();
        Features.visit(
                text, 0, text.length(), (_, kind, start, end) -> features.add(kind + text.substring(start, end)));
        return features;
    }
}
