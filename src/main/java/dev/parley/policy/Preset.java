package dev.parley.policy;

import java.util.Map;

/**
 * Thresholds to start from. Their effect on the dev sets is in {@code docs/models.md}.
 *
 * <p>Balanced holds every link: nobody's address is proven yet, so everybody is a newcomer, and from the words around
 * it a model cannot tell an honest source from a lure.
 */
public enum Preset {
    LENIENT(Mode.PUBLISH_FIRST, holdFrom(.80, .90, .8, .8, .95, .98), 2),
    BALANCED(Mode.PUBLISH_FIRST, holdFrom(.50, .50, .6, .5, .8, .9), 0),
    STRICT(Mode.PUBLISH_FIRST, holdFrom(.20, .20, .3, .3, .5, .5), 0),
    /** Everything is read first; the thresholds of balanced say why, and sort the queue. */
    PREMODERATE(Mode.HOLD_FIRST, BALANCED.thresholds, 0);

    private final Mode mode;
    private final Map<String, Threshold> thresholds;
    private final int maxLinks;

    Preset(Mode mode, Map<String, Threshold> thresholds, int maxLinks) {
        this.mode = mode;
        this.thresholds = thresholds;
        this.maxLinks = maxLinks;
    }

    EffectivePolicy policy() {
        return new EffectivePolicy(
                mode,
                thresholds,
                maxLinks,
                java.util.List.of(),
                java.util.List.of(),
                true,
                true,
                false,
                java.util.List.of(),
                java.util.List.of("preset " + name().toLowerCase(java.util.Locale.ROOT)));
    }

    /** No preset rejects by score: even a sure insult may be a quotation. */
    private static Map<String, Threshold> holdFrom(
            double toxicity, double spam, double identityAttack, double threat, double insult, double profanity) {
        return Map.of(
                "toxicity", new Threshold(toxicity, null),
                "spam", new Threshold(spam, null),
                "identity_attack", new Threshold(identityAttack, null),
                "threat", new Threshold(threat, null),
                "insult", new Threshold(insult, null),
                "profanity", new Threshold(profanity, null));
    }
}
