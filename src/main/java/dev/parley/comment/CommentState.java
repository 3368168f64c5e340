package dev.parley.comment;

import dev.parley.platform.Pipeline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
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
        @Nullable Instant editedAt) {

    /** The row where the result stands; its columns are called as in the table. */
    static CommentState read(ResultSet row) throws SQLException {
        return new CommentState(
                row.getObject("id", UUID.class),
                row.getObject("site_id", UUID.class),
                row.getObject("article_id", UUID.class),
                row.getObject("parent_id", UUID.class),
                row.getInt("depth"),
                row.getObject("commenter_id", UUID.class),
                row.getString("name"),
                CommentStatus.valueOf(row.getString("status")),
                row.getLong("state_version"),
                row.getInt("revision"),
                row.getObject("visible_revision", Integer.class),
                row.getObject("approved_revision", Integer.class),
                row.getObject("shown_from") != null,
                Objects.requireNonNull(Pipeline.instant(row, "created_at")),
                Pipeline.instant(row, "edited_at"));
    }
}
