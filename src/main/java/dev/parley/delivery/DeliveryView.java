package dev.parley.delivery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of a webhook's log.
 *
 * @param id the {@code webhook-id} of every attempt
 * @param type name of the event
 * @param comment null in a test
 * @param dueAt when it is tried next; null if it isn't
 * @param lastStatus what the receiver answered last; null if it did not
 * @param lastFailure why the last attempt came to nothing; null if it did not
 */
public record DeliveryView(
        UUID id,
        String type,
        @Nullable UUID comment,
        DeliveryState state,
        int attempts,
        Instant createdAt,
        @Nullable Instant dueAt,
        @Nullable Instant attemptedAt,
        @Nullable Integer lastStatus,
        @Nullable WebhookFailure lastFailure,
        @Nullable Instant endedAt) {}
