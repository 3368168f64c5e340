package dev.parley.simulation;

import dev.parley.policy.PolicyDocument;
import dev.parley.policy.PolicyScope;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A draft to try.
 *
 * @param scopeRef empty for the tenant, id of the site or article, name of the category
 * @param last on how many of the scope's newest comments; 10,000 if left out
 */
record SimulationRequest(
        @NotNull PolicyScope scope,
        @NotNull @Size(max = 100) String scopeRef,
        @NotNull @Valid PolicyDocument document,
        @Nullable @Min(1) @Max(100_000) Integer last) {

    private static final int USUAL = 10_000;

    int most() {
        return last == null ? USUAL : last;
    }
}
