package dev.parley.moderation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;

/** A member's lease on an item of the queue. Written by {@link ClaimRepository}, in single statements. */
@Entity
@Immutable
@Table(name = "queue_claim")
class QueueClaim {
    @Id
    @Column(name = "comment_id")
    UUID commentId;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    UUID id;

    @Column(name = "member_id")
    UUID memberId;

    @Column(name = "expires_at")
    Instant expiresAt;

    @SuppressWarnings("NullAway.Init")
    protected QueueClaim() {}
}
