package dev.parley.policy;

import java.util.Map;

/** Thresholds to start from. Their effect on the dev sets is in {@code docs/models.md}. */
public enum Preset {
    LENIENT(thresholds(.85, .92), 5),
    BALANCED(thresholds(.65, .80), 2),
    STRICT(thresholds(.40, .60), 0);

    private final Map<String, Threshold> thresholds;
    private final int maxLinks;

    Preset(Map<String, Threshold> thresholds, int maxLinks) {
        this.thresholds = thresholds;
        this.maxLinks = maxLinks;
    }

    EffectivePolicy policy() {
        return new EffectivePolicy(
                Mode.PUBLISH_FIRST,
                thresholds,
                maxLinks,
                java.util.List.of(),
                java.util.List.of(),
                true,
                java.util.List.of("preset " + name().toLowerCase(java.util.Locale.ROOT)));
    }

    private static Map<String, Threshold> thresholds(double toxicity, double spam) {
        return Map.of(
                "toxicity", new Threshold(toxicity, null), "spam", new Threshold(spam, null));
    }
}
