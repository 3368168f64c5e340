package dev.parley.moderation;

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

/** A reader's report of the revision that they saw. */
@Entity
class Flag {

    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Column(name = "comment_id")
    UUID commentId;

    int revision;

    @Enumerated(EnumType.STRING)
    FlagReason reason;

    @Nullable String note;

    /** Compared by the database only; a retention job forgets it. */
    @ColumnTransformer(read = "network::text", write = "cast(? as cidr)")
    @Column(updatable = false)
    @Nullable String network;

    @Column(name = "created_at")
    Instant createdAt;

    @Enumerated(EnumType.STRING)
    FlagOutcome outcome;

    @Column(name = "resolved_at")
    @Nullable Instant resolvedAt;

    @SuppressWarnings("NullAway.Init")
    protected Flag() {}

    Flag(
            UUID id,
            String tenantId,
            UUID commentId,
            int revision,
            FlagReason reason,
            @Nullable String note,
            String network,
            FlagOutcome outcome,
            Instant now) {
        this.id = id;
        this.tenantId = tenantId;
        this.commentId = commentId;
        this.revision = revision;
        this.reason = reason;
        this.note = note;
        this.network = network;
        this.createdAt = now;
        this.outcome = outcome;
        this.resolvedAt = outcome == FlagOutcome.OPEN ? null : now;
    }
}
