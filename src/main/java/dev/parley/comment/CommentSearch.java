package dev.parley.comment;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which comments are looked for; null for no limit.
 *
 * @param words each must stand in the newest text or in the name; empty for any
 * @param sites those that may be seen at all; null for every one
 * @param from first moment; {@code to} the first one after the span
 */
public record CommentSearch(
        List<String> words,
        @Nullable Set<CommentStatus> states,
        @Nullable Boolean spam,
        @Nullable Set<UUID> sites,
        @Nullable UUID article,
        @Nullable UUID commenter,
        @Nullable String language,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** A comment that was found, with its newest text. */
    public record Found(CommentState comment, String body, String language, boolean spam) {}
}
