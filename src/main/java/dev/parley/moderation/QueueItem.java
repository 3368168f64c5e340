package dev.parley.moderation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A comment that waits for a moderator. */
@Entity
@Table(name = "queue_item")
class QueueItem {
    @Id
    @Column(name = "comment_id")
    UUID commentId;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Column(name = "site_id")
    UUID siteId;

    @Column(name = "article_id")
    UUID articleId;

    int revision;

    @Column(columnDefinition = "text[]")
    String[] reasons;

    String language;
    double risk;

    @Column(name = "entered_at")
    Instant enteredAt;

    @Column(name = "escalated_at")
    @Nullable Instant escalatedAt;

    /** The member who left it to the admins. */
    @Column(name = "escalated_by")
    @Nullable UUID escalatedBy;

    @SuppressWarnings("NullAway.Init")
    protected QueueItem() {}

    @SuppressWarnings("NullAway.Init") // completed by Queue.enter
    QueueItem(UUID commentId, String tenantId, UUID siteId, UUID articleId) {
        this.commentId = commentId;
        this.tenantId = tenantId;
        this.siteId = siteId;
        this.articleId = articleId;
    }
}
