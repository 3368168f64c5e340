package dev.parley.standalone;

import dev.parley.training.LabelledComment;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a replayed comment.
 *
 * @param id of the stored comment; null if nothing was stored
 * @param reasons public codes, why it is held or was rejected; or the problem type of a refusal
 */
record ReplayOutcome(LabelledComment comment, Fate fate, @Nullable UUID id, List<String> reasons) {

    /** Where a comment went. */
    enum Fate {
        PUBLISHED,
        HELD,
        REJECTED,
        /** Answered with 4xx: nothing is stored. */
        REFUSED,
        /** No clear answer within the time for retries. */
        UNKNOWN
    }

    /** Whether the comment was judged at all, well or badly. */
    boolean judged() {
        return switch (fate) {
            case PUBLISHED, HELD, REJECTED -> true;
            case REFUSED, UNKNOWN -> false;
        };
    }

    /** Whether readers don't see it, for now or ever. */
    boolean restricted() {
        return fate == Fate.HELD || fate == Fate.REJECTED;
    }
}
