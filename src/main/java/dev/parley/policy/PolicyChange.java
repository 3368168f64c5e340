package dev.parley.policy;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * A new version of a policy.
 *
 * @param scopeRef empty for the tenant, id of the site or article, name of the category
 * @param basedOn the version it was made from, 0 if there is none; another one in force answers 409
 * @param reason why, for the trail
 */
public record PolicyChange(
        @NotNull PolicyScope scope,
        @NotNull @Size(max = 100) String scopeRef,
        @Min(0) int basedOn,
        @NotBlank @Size(max = 500) String reason,
        @NotNull @Valid PolicyDocument document) {}
