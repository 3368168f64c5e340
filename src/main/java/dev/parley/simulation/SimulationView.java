package dev.parley.simulation;

import dev.parley.policy.PolicyScope;
import dev.parley.policy.Reason;
import dev.parley.simulation.Findings.Agreement;
import dev.parley.simulation.Findings.Change;
import dev.parley.simulation.Findings.Counts;
import dev.parley.simulation.Findings.Workload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A simulation as admins see it.
 *
 * @param model the tenant's own model that is tried; null: only a policy is
 * @param done how many of {@code total} comments were decided on again
 * @param by the member who asked for it
 * @param result only of one that is done, and only when it is asked for by its id
 */
record SimulationView(
        UUID id,
        SimulationState state,
        PolicyScope scope,
        String scopeRef,
        @Nullable UUID model,
        int total,
        int done,
        Instant createdAt,
        String by,
        @Nullable Result result) {

    /** {@link Findings} with the texts as they are now. */
    record Result(
            Counts before,
            Counts after,
            List<Change> changes,
            Workload workload,
            Agreement agreement,
            List<Sample> samples,
            @Nullable Instant from,
            @Nullable Instant until) {}

    /** A comment that would change; left out once its text is erased or taken back. */
    record Sample(
            Outcome from,
            Outcome to,
            UUID comment,
            int revision,
            String body,
            @Nullable String articleTitle,
            Instant createdAt,
            Map<String, Double> scores,
            List<Reason> reasonsBefore,
            List<Reason> reasonsAfter,
            @Nullable Ruling moderator) {}
}
