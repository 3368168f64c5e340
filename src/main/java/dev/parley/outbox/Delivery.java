package dev.parley.outbox;

import java.time.Instant;
import java.util.UUID;

/**
 * An event on its way to a receiver.
 *
 * @param id the same at each attempt, so that a receiver can tell what it has had
 * @param type simple name of the record, such as {@code CommentPublished}
 * @param payload the record as JSON
 * @param attempt 1 for the first
 */
public record Delivery(
        UUID id,
        String tenant,
        String type,
        UUID subject,
        long version,
        String payload,
        Instant createdAt,
        int attempt) {}
