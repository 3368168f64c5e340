package dev.parley.moderation;

import dev.parley.policy.Reason;
import java.util.List;

/** A reason as the commenter is told it. */
public record PublicReason(String code, String text) {

    /** What the commenter is told of these, each thing once. */
    public static List<PublicReason> of(List<Reason> reasons) {
        return reasons.stream()
                .map(r -> new PublicReason(r.code().publicCode(), r.code().publicText()))
                .distinct()
                .toList();
    }
}
