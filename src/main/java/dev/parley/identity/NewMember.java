package dev.parley.identity;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/**
 * Somebody to be let in.
 *
 * @param subject {@code sub} of their OIDC tokens
 * @param name as colleagues read it; names of commenters that look like it are held
 * @param sites the sites they are limited to; none given: all of them
 */
public record NewMember(
        @NotBlank @Size(max = 255) String subject,
        @NotBlank @Size(max = 80) String name,
        @NotNull Role role,
        @Size(max = 100) List<@NotNull UUID> sites) {

    public NewMember {
        sites = sites == null ? List.of() : List.copyOf(sites);
    }
}
