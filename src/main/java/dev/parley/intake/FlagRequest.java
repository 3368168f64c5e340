package dev.parley.intake;

import dev.parley.moderation.FlagReason;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * A reader's report of a comment.
 *
 * @param note in the reader's words, up to 500 characters
 */
public record FlagRequest(@NotNull FlagReason reason, @Nullable String note) {

    /** Prints nothing that a person typed. */
    @Override
    public String toString() {
        return "FlagRequest[" + reason + "]";
    }
}
