package dev.parley.policy;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant says of comments that thresholds and lists can't tell.
 *
 * @param name tells it from the others of its policy
 * @param when a condition in CEL, see {@link RuleLanguage}
 * @param reason what staff reads as the reason; the name if left out
 */
public record Rule(
        @NotBlank @Size(max = 80) String name,
        @NotBlank @Size(max = RuleLanguage.MOST_CHARACTERS) String when,
        @NotNull RuleAction then,
        @Nullable @Size(max = 200) String reason) {}
