package dev.parley.training;

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

/** Models being taught from a tenant's decisions. */
@Entity
@Table(name = "own_training")
class OwnTraining {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Enumerated(EnumType.STRING)
    OwnTrainingState state;

    @Column(name = "requested_by")
    String requestedBy;

    int decisions;

    /** JSON: {@link OwnTrainingView.Outcome}s. */
    @JdbcTypeCode(SqlTypes.JSON)
    String outcomes;

    @Column(name = "leased_until")
    @Nullable Instant leasedUntil;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "finished_at")
    @Nullable Instant finishedAt;

    @SuppressWarnings("NullAway.Init")
    protected OwnTraining() {}

    OwnTraining(UUID id, String tenantId, String requestedBy, Instant now, Instant leasedUntil) {
        this.id = id;
        this.tenantId = tenantId;
        this.state = OwnTrainingState.RUNNING;
        this.requestedBy = requestedBy;
        this.outcomes = "[]";
        this.startedAt = now;
        this.leasedUntil = leasedUntil;
    }

    boolean isRunning() {
        return state == OwnTrainingState.RUNNING;
    }

    void end(OwnTrainingState how, Instant now) {
        state = how;
        finishedAt = now;
        leasedUntil = null;
    }
}
