package dev.parley.moderation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;

/** What a moderator tells colleagues about a comment. */
@Entity
@Immutable
class Note {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Column(name = "comment_id")
    UUID commentId;

    @Column(name = "member_id")
    UUID memberId;

    String text;

    @Column(name = "created_at")
    Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Note() {}

    Note(UUID id, String tenantId, UUID commentId, UUID memberId, String text, Instant now) {
        this.id = id;
        this.tenantId = tenantId;
        this.commentId = commentId;
        this.memberId = memberId;
        this.text = text;
        this.createdAt = now;
    }
}
