package dev.parley.policy;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Back to an earlier version of a policy, which becomes a new one.
 *
 * @param scopeRef empty for the tenant, id of the site or article, name of the category
 * @param version whose document to put in force
 * @param basedOn the version in force as it was seen; another one answers 409
 * @param reason why, for the trail
 */
record PolicyRollback(
        @NotNull PolicyScope scope,
        @NotNull @Size(max = 100) String scopeRef,
        @Min(1) int version,
        @Min(1) int basedOn,
        @NotBlank @Size(max = 500) String reason) {}
