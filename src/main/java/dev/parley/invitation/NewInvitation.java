package dev.parley.invitation;

import dev.parley.identity.Role;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody to be invited.
 *
 * @param email where the link is mailed to
 * @param name as colleagues will read it
 * @param sites the sites they will be limited to; none given: all of them
 */
public record NewInvitation(
        @Nullable String email,
        @NotBlank @Size(max = 80) String name,
        @NotNull Role role,
        @Size(max = 100) List<@NotNull UUID> sites) {

    @SuppressWarnings("NullAway") // JSON may leave it out
    public NewInvitation {
        sites = sites == null ? List.of() : List.copyOf(sites);
    }

    /** Prints nothing that somebody typed: this record holds an address in the clear. */
    @Override
    public String toString() {
        return "NewInvitation[…]";
    }
}
