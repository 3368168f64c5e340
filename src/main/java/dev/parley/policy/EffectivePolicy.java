package dev.parley.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What applies to one comment, after all scopes.
 *
 * @param versions which policies it was made from, such as {@code TENANT 3}
 */
public record EffectivePolicy(
        Mode mode,
        Map<String, Threshold> thresholds,
        int maxLinks,
        List<String> bannedWords,
        List<String> suspectWords,
        boolean holdUnscored,
        boolean holdUnscoredLanguages,
        boolean requireProof,
        List<Rule> rules,
        List<String> versions) {

    /** The stricter of both in every respect. */
    EffectivePolicy strictest(EffectivePolicy other) {
        Map<String, Threshold> merged = new HashMap<>(thresholds);
        other.thresholds.forEach((name, t) -> merged.merge(name, t, Threshold::strictest));
        return new EffectivePolicy(
                mode.compareTo(other.mode) >= 0 ? mode : other.mode,
                merged,
                Math.min(maxLinks, other.maxLinks),
                both(bannedWords, other.bannedWords),
                both(suspectWords, other.suspectWords),
                holdUnscored || other.holdUnscored,
                holdUnscoredLanguages || other.holdUnscoredLanguages,
                requireProof || other.requireProof,
                strictest(rules, other.rules),
                both(versions, other.versions));
    }

    /** All that hold or reject; of those that publish only what both have. */
    private static List<Rule> strictest(List<Rule> a, List<Rule> b) {
        return Stream.concat(a.stream(), b.stream())
                .distinct()
                .filter(rule -> rule.then() != RuleAction.PUBLISH || (a.contains(rule) && b.contains(rule)))
                .toList();
    }

    static List<String> both(List<String> a, List<String> b) {
        return Stream.concat(a.stream(), b.stream()).distinct().toList();
    }
}
