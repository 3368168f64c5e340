package dev.parley.identity;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * A publisher to be served.
 *
 * @param id slug in every staff address; never used twice
 * @param adminSubject {@code sub} of the first admin's OIDC tokens
 * @param adminName the first admin as colleagues read it
 */
public record NewTenant(
        @NotNull
                @Pattern(
                        regexp = "[a-z][a-z0-9-]{1,38}[a-z0-9]",
                        message = "must be 3 to 40 of a-z, 0-9 and -, starting with a letter")
                String id,
        @NotBlank @Size(max = 120) String name,
        @NotBlank @Size(max = 255) String adminSubject,
        @NotBlank @Size(max = 80) String adminName) {}
