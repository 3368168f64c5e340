package dev.parley.delivery;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as the tenant's admins see it; never its secret.
 *
 * @param sites ids of the sites that it is told of; empty: all
 * @param disabledBecause null while it is enabled
 * @param previousSecretUntil until then the secret before the present one signs too; null if it does not
 * @param failingSince since when nothing got through; null if the last attempt did
 * @param retryAt when a trial is sent next, while all others wait; null if they don't
 * @param askedUntil until then its receiver asked not to be called; null if it did not
 * @param waiting deliveries that wait
 * @param dead deliveries that were given up and can be replayed
 */
public record WebhookView(
        UUID id,
        String address,
        String description,
        List<WebhookEvent> events,
        List<UUID> sites,
        boolean enabled,
        @Nullable WebhookDisabled disabledBecause,
        @Nullable Instant previousSecretUntil,
        @Nullable Instant failingSince,
        @Nullable Instant retryAt,
        @Nullable Instant askedUntil,
        Instant createdAt,
        long waiting,
        long dead) {}
