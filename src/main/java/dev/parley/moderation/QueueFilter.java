package dev.parley.moderation;

import dev.parley.policy.ReasonCode;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the queue.
 *
 * @param sites only these; null: all
 * @param category of the article; null: any
 * @param escalated those that were left to the admins, or those that were not
 */
record QueueFilter(
        @Nullable Set<UUID> sites,
        @Nullable ReasonCode reason,
        @Nullable String language,
        @Nullable String category,
        boolean escalated,
        QueueOrder order) {}
