package dev.parley.training;

import dev.parley.text.NormalisedText;
import dev.parley.text.Normaliser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Words by which texts are told apart for measuring: {@code /evaluation/NAME.LANGUAGE.txt}, a group a line. They are
 * found as whole words of the folded text, so that a disguise does not hide them; what a text means by them is not
 * asked.
 */
final class Terms {
    private final Map<String, List<String>> folded;

    private Terms(Map<String, List<String>> folded) {
        this.folded = folded;
    }

    /** Names of groups of people; none for a language without a list. */
    static Terms identities(String language) throws IOException {
        return read("identities", language);
    }

    /** Words of comments about a war; none for a language without a list. */
    static Terms war(String language) throws IOException {
        return read("war", language);
    }

    private static Terms read(String name, String language) throws IOException {
        var folded = new LinkedHashMap<String, List<String>>();
        try (var in = Terms.class.getResourceAsStream("/evaluation/" + name + "." + language + ".txt")) {
            if (in == null) return new Terms(folded);
            var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines();
            for (var line : lines.filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
                int colon = line.indexOf(':');
                var words = Arrays.stream(line.substring(colon + 1).split(","));
                folded.put(
                        line.substring(0, colon),
                        words.map(word -> Normaliser.normalise(word.strip()).text()).toList());
            }
        }
        return new Terms(folded);
    }

    /** The groups that a text names, in the order of the list. */
    Set<String> in(NormalisedText text) {
        var groups = new LinkedHashSet<String>();
        folded.forEach((group, words) -> {
            if (words.stream().anyMatch(text.text()::contains)) groups.add(group); // both have a space at either end
        });
        return groups;
    }

    /** All groups, in the order of the list. */
    Set<String> groups() {
        return folded.keySet();
    }
}
