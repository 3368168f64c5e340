package dev.parley.comment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A comment: where it hangs, who wrote it, how it stands. What was written is in its revisions.
 *
 * <p>Changed only by conditional updates on {@code stateVersion} in {@link CommentRepository}.
 */
@Entity
class Comment {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Column(name = "site_id")
    UUID siteId;

    @Column(name = "article_id")
    UUID articleId;

    @Column(name = "parent_id")
    @Nullable UUID parentId;

    int depth;

    @Column(name = "commenter_id")
    UUID commenterId;

    String name;

    @Enumerated(EnumType.STRING)
    CommentStatus status;

    @Column(name = "state_version")
    long stateVersion;

    int revision;

    @Column(name = "visible_revision")
    @Nullable Integer visibleRevision;

    @Column(name = "approved_revision")
    @Nullable Integer approvedRevision;

    /** The state version that readers saw first; null if they never saw any. */
    @Column(name = "shown_from")
    @Nullable Long shownFrom;

    @Column(name = "visible_replies")
    int visibleReplies;

    @Column(name = "statement_id")
    @Nullable UUID statementId;

    boolean spam;

    /** Written once, never read by the application; a retention job forgets it. */
    @ColumnTransformer(read = "network::text", write = "cast(? as cidr)")
    @Column(updatable = false)
    @Nullable String network;

    /** Of the normalised first text; null where it is too short to tell a repeat. */
    @Column(name = "text_hash", updatable = false)
    @Nullable Long textHash;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "edited_at")
    @Nullable Instant editedAt;

    @SuppressWarnings("NullAway.Init")
    protected Comment() {}

    Comment(NewComment comment, String tenantId, Instant now) {
        this.id = comment.id();
        this.tenantId = tenantId;
        this.siteId = comment.article().siteId();
        this.articleId = comment.article().id();
        this.parentId = comment.parent() == null ? null : comment.parent().id();
        this.depth = comment.parent() == null ? 0 : comment.parent().depth() + 1;
        this.commenterId = comment.commenterId();
        this.name = comment.name();
        this.status = comment.status();
        this.revision = 1;
        this.visibleRevision = comment.status() == CommentStatus.PUBLISHED ? 1 : null;
        this.shownFrom = visibleRevision == null ? null : Long.valueOf(0);
        this.statementId = comment.statementId();
        this.spam = comment.spam();
        this.network = comment.network();
        this.textHash = comment.textHash();
        this.createdAt = now;
    }

    /** What {@link #shownFrom} is after a change that shows this revision. */
    @Nullable Long shownFromThen(@Nullable Integer visible) {
        return shownFrom != null || visible == null ? shownFrom : Long.valueOf(stateVersion + 1);
    }

    CommentState state() {
        return new CommentState(
                id,
                siteId,
                articleId,
                parentId,
                depth,
                commenterId,
                name,
                status,
                stateVersion,
                revision,
                visibleRevision,
                approvedRevision,
                shownFrom != null,
                createdAt,
                editedAt);
    }
}
