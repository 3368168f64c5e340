package dev.parley.moderation;

import dev.parley.policy.Reason;
import dev.parley.policy.ReasonCode;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The reports of a comment that nobody has decided on.
 *
 * @param flaggers how many networks they came from
 * @param byReason how many there are of each reason
 */
record OpenFlags(int flaggers, Map<FlagReason, Integer> byReason) {

    static final OpenFlags NONE = new OpenFlags(0, Map.of());

    /** One report says little, and each further reader adds less than the one before. */
    private static final double FIRST = .55;

    private static final double EACH_FURTHER = .75;

    /** What may break the law is looked at before all else. */
    private static final double ILLEGAL = .95;

    boolean any() {
        return !byReason.isEmpty();
    }

    /** 0 to 1, how urgently. */
    double risk() {
        double counted = any() ? 1 - (1 - FIRST) * Math.pow(EACH_FURTHER, Math.max(0, flaggers - 1)) : 0;
        return byReason.containsKey(FlagReason.ILLEGAL) ? Math.max(ILLEGAL, counted) : counted;
    }

    /** As a reason of the queue, such as {@code reported by 3: SPAM 2, ILLEGAL 1}. */
    Reason reason() {
        var counts =
                byReason.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue())
                        .collect(Collectors.joining(", "));
        return new Reason(ReasonCode.FLAGGED, "reported by " + flaggers + ": " + counts);
    }
}
