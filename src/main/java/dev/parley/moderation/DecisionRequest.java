package dev.parley.moderation;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A moderator's decision on what they saw.
 *
 * @param revision and {@code stateVersion}: as the item said; others answer 409 with the present state
 * @param reason needed for REJECT
 * @param note for colleagues, needed for ESCALATE; never shown to the commenter
 */
public record DecisionRequest(
        @NotNull @Min(1) Integer revision,
        @NotNull @Min(0) Long stateVersion,
        @NotNull DecisionAction action,
        @Nullable RejectionReason reason,
        @Nullable @Size(max = 1000) String note) {}
