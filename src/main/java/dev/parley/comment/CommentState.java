package dev.parley.comment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a comment stands.
 *
 * @param depth 0 for a comment on the article itself
 * @param stateVersion counts moderation states
 * @param revision the newest revision, the one that is judged
 * @param visibleRevision the revision that readers see; null if none
 * @param approvedRevision the newest revision that a moderator approved; null if none
 * @param wasShown whether readers see it, or saw it once
 */
public record CommentState(
        UUID id,
        UUID siteId,
        UUID articleId,
        @Nullable UUID parentId,
        int depth,
        UUID commenterId,
        String name,
        CommentStatus status,
        long stateVersion,
        int revision,
        @Nullable Integer visibleRevision,
        @Nullable Integer approvedRevision,
        boolean wasShown,
        Instant createdAt,
        @Nullable Instant editedAt) {}
