package dev.parley.moderation;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One decision on several comments.
 *
 * @param items just these, as they were seen
 * @param reason needed for REJECT
 * @param note for colleagues, needed for ESCALATE
 * @param preview true changes nothing and says what would become of each
 */
public record BulkRequest(
        @NotNull @Size(min = 1, max = 100) List<@NotNull @Valid Seen> items,
        @NotNull DecisionAction action,
        @Nullable RejectionReason reason,
        @Nullable @Size(max = 1000) String note,
        @Nullable Boolean preview) {

    /** A comment as it was seen. */
    public record Seen(@NotNull UUID comment, @NotNull @Min(1) Integer revision, @NotNull @Min(0) Long stateVersion) {}
}
