package dev.parley.simulation;

import dev.parley.policy.PolicyDocument;
import dev.parley.policy.PolicyScope;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A draft to try, or one of the tenant's own models, or both.
 *
 * @param scopeRef empty for the tenant, id of the site or article, name of the category
 * @param document the draft; if left out, the policies in force
 * @param model id of the tenant's own model to score with; if left out, scores are those that were kept
 * @param last on how many of the scope's newest comments; 10,000 if left out
 * @param since only on comments from this moment or day on, as {@link dev.parley.platform.Moments} reads it
 */
record SimulationRequest(
        @NotNull PolicyScope scope,
        @NotNull @Size(max = 100) String scopeRef,
        @Nullable @Valid PolicyDocument document,
        @Nullable UUID model,
        @Nullable @Min(1) @Max(100_000) Integer last,
        @Nullable @Size(max = 40) String since) {

    private static final int USUAL = 10_000;

    int most() {
        return last == null ? USUAL : last;
    }
}
