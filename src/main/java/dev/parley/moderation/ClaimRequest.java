package dev.parley.moderation;

import dev.parley.policy.ReasonCode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to work on.
 *
 * @param limit how many of the next items; 1 if left out
 * @param filter of which part of the queue; all of it if left out
 * @param comment just this item instead
 * @param takeOver although a colleague has it; for admins, with {@code comment}
 */
public record ClaimRequest(
        @Nullable @Min(1) @Max(20) Integer limit,
        @Nullable @Valid Part filter,
        @Nullable UUID comment,
        @Nullable Boolean takeOver) {

    /** As the parameters of the queue's listing. */
    public record Part(
            @Nullable @Size(max = 100) String site,
            @Nullable ReasonCode reason,
            @Nullable @Pattern(regexp = "[a-z]{2,3}", message = "must be a language code") String language,
            @Nullable @Size(max = 100) String category,
            @Nullable Boolean escalated,
            @Nullable @Pattern(regexp = "risk|oldest", message = "must be risk or oldest") String order) {}
}
