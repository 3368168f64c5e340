package dev.parley.comment;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a moderator's decision changes of a comment, so that it can be put back.
 *
 * @param visibleRevision the revision that readers saw; null if none
 * @param statementId the statement of reasons for the restriction; null if there was none
 */
public record Former(
        CommentStatus status,
        @Nullable Integer visibleRevision,
        @Nullable UUID statementId,
        boolean spam,
        @Nullable Integer approvedRevision) {}
