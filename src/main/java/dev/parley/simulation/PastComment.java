package dev.parley.simulation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The newest revision of a comment, as it is stored.
 *
 * @param scores JSON of its scores, or {@code null} in letters
 * @param signals JSON of its signals
 * @param ruling what a moderator made of just this revision; null if none did
 */
record PastComment(
        UUID id,
        UUID article,
        int revision,
        String body,
        String scores,
        String signals,
        Instant at,
        @Nullable Ruling ruling) {}
