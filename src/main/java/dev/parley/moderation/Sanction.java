package dev.parley.moderation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A ban of an address, known by its keyed look-up only. */
@Entity
class Sanction {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Column(name = "commenter_id")
    UUID commenterId;

    byte[] lookup;
    String kind;
    String reason;

    @Column(name = "created_by")
    String createdBy;

    @Column(name = "created_at")
    Instant createdAt;

    @Nullable Instant until;

    @Column(name = "lifted_at")
    @Nullable Instant liftedAt;

    @SuppressWarnings("NullAway.Init")
    protected Sanction() {}

    Sanction(
            UUID id,
            String tenantId,
            UUID commenterId,
            byte[] lookup,
            SanctionRequest request,
            String createdBy,
            Instant now) {
        this.id = id;
        this.tenantId = tenantId;
        this.commenterId = commenterId;
        this.lookup = lookup;
        this.kind = "BAN";
        this.reason = request.reason();
        this.createdBy = createdBy;
        this.createdAt = now;
        this.until = request.until();
    }
}
