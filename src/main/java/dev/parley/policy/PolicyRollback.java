package dev.parley.policy;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Going back to an older version.
 *
 * @param version whose document is to be in force again
 * @param basedOn the version in force; another one answers 409
 * @param reason why, for the trail
 */
public record PolicyRollback(
        @NotNull PolicyScope scope,
        @NotNull @Size(max = 100) String scopeRef,
        @Min(1) int version,
        @Min(1) int basedOn,
        @NotBlank @Size(max = 500) String reason) {}
