package dev.parley.identity;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An API key as the tenant's admins see it; never the key itself.
 *
 * @param prefix how the key begins, so that its holder can tell which one it is
 * @param perMinute texts that it may have scored in a minute
 * @param createdBy the member who made it
 * @param expiresAt from when on it does not work; null for never
 * @param lastUsedOn the last day in UTC on which it was used; null for never
 * @param revokedAt null while it was not revoked
 */
public record ApiKeyView(
        UUID id,
        String name,
        String prefix,
        int perMinute,
        UUID createdBy,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable LocalDate lastUsedOn,
        @Nullable Instant revokedAt) {}
