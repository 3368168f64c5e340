package dev.parley.moderation;

import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sanction against a commenter's address. From then on everything sent at that address is held.
 *
 * @param until when it ends; null: when it is lifted
 */
public record SanctionRequest(
        @NotNull SanctionKind kind, @NotBlank @Size(max = 500) String reason, @Nullable @Future Instant until) {}
