package dev.parley.moderation;

import dev.parley.policy.ReasonCode;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the queue.
 *
 * @param sites only these; null: all
 */
record QueueFilter(
        @Nullable Set<UUID> sites, @Nullable ReasonCode reason, @Nullable String language, QueueOrder order) {}
