package dev.parley.moderation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** What a moderator decided, and what it takes to undo it. */
@Entity
@Table(name = "moderation_decision")
class MadeDecision {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Column(name = "comment_id")
    UUID commentId;

    @Column(name = "site_id")
    UUID siteId;

    @Column(name = "member_id")
    UUID memberId;

    @Enumerated(EnumType.STRING)
    DecisionAction action;

    @Enumerated(EnumType.STRING)
    @Nullable RejectionReason reason;

    int revision;

    @Column(name = "state_version_after")
    long stateVersionAfter;

    @JdbcTypeCode(SqlTypes.JSON)
    String before;

    @Column(name = "batch_id")
    @Nullable UUID batchId;

    @Column(name = "entered_at")
    @Nullable Instant enteredAt;

    @Column(name = "decided_at")
    Instant decidedAt;

    @Column(name = "undone_at")
    @Nullable Instant undoneAt;

    @Column(name = "undone_by")
    @Nullable UUID undoneBy;

    @SuppressWarnings("NullAway.Init") // completed by Decisions.keep
    protected MadeDecision() {}
}
