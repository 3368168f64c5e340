package dev.parley.identity;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a member; what is null stays.
 *
 * @param sites the sites they are limited to; empty: all of them
 */
public record MemberChange(
        @Nullable Role role,
        @Nullable @Size(min = 1, max = 80) String name,
        @Nullable @Size(max = 100) List<@NotNull UUID> sites) {}
