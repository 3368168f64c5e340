package dev.parley.moderation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lease on an item of the queue.
 *
 * @param id to renew it and to give it back by; null if it is somebody else's
 * @param comment the item
 * @param expiresAt when it lapses by itself
 */
public record ClaimView(@Nullable UUID id, UUID comment, Colleague member, boolean mine, Instant expiresAt) {

    /**
     * A member, as colleagues know them.
     *
     * @param name null for those who left
     */
    public record Colleague(UUID id, @Nullable String name) {
        String nameOrColleague() {
            return name == null ? "A colleague" : name;
        }
    }
}
