package dev.parley.simulation;

import dev.parley.policy.Reason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a simulation found, as it is stored: ids in place of texts, so that what is erased later is gone here too.
 *
 * @param changes how many comments would move from what to what; those that stay are left out
 * @param from when the oldest revision was written; null if there was none
 * @param until when the newest was
 */
record Findings(
        Counts before,
        Counts after,
        List<Change> changes,
        Workload workload,
        Agreement agreement,
        List<Sample> samples,
        @Nullable Instant from,
        @Nullable Instant until) {

    record Counts(int publish, int hold, int reject) {}

    record Change(Outcome from, Outcome to, int count) {}

    /** Held comments per day, over the days that the comments span. */
    record Workload(int days, double beforePerDay, double afterPerDay) {}

    /**
     * @param decided how many of the revisions a moderator decided on
     */
    record Agreement(int decided, Errors before, Errors after) {}

    /**
     * @param missed would be published, a moderator rejected it
     * @param needless would be held or rejected, a moderator approved it
     */
    record Errors(int missed, int needless) {}

    record Sample(
            Outcome from,
            Outcome to,
            UUID comment,
            int revision,
            List<Reason> reasonsBefore,
            List<Reason> reasonsAfter,
            @Nullable Ruling moderator) {}
}
