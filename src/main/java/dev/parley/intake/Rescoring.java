package dev.parley.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A job that scores comments again. What was done is counted by {@link RescoringRepository#advance} alone. */
@Entity
class Rescoring {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Enumerated(EnumType.STRING)
    RescoringScope scope;

    @Enumerated(EnumType.STRING)
    RescoringState state;

    @Column(name = "requested_by")
    String requestedBy;

    /** Short name of {@link #modelVersions}; empty until models could be asked. */
    String models;

    @Column(name = "model_versions")
    @JdbcTypeCode(SqlTypes.JSON)
    String modelVersions;

    /** How many there are to score; where that is not known, how many to look at, until it is done. */
    int total;

    int done;
    int failed;

    /** The last comment that was dealt with, or behind which there is one; null before the first. */
    @Column(name = "last_comment")
    @Nullable UUID lastComment;

    /** The process that works on it, until {@link #leasedUntil}. */
    @Nullable UUID worker;

    @Column(name = "leased_until")
    @Nullable Instant leasedUntil;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "finished_at")
    @Nullable Instant finishedAt;

    @SuppressWarnings("NullAway.Init")
    protected Rescoring() {}

    Rescoring(
            UUID id,
            String tenantId,
            RescoringScope scope,
            String requestedBy,
            String models,
            String modelVersions,
            int total,
            Instant now) {
        this.id = id;
        this.tenantId = tenantId;
        this.scope = scope;
        this.state = RescoringState.RUNNING;
        this.requestedBy = requestedBy;
        this.models = models;
        this.modelVersions = modelVersions;
        this.total = total;
        this.startedAt = now;
        if (total == 0) {
            end(RescoringState.DONE, now);
        }
    }

    boolean isRunning() {
        return state == RescoringState.RUNNING;
    }

    void end(RescoringState how, Instant now) {
        state = how;
        finishedAt = now;
        worker = null;
        leasedUntil = null;
    }

    /** Ends it, since nothing is left. What it did is what there was to do. */
    void finish(Instant now) {
        total = done + failed;
        end(RescoringState.DONE, now);
    }

    /** Begins from the start: the models changed on the way. */
    void restart(String newModels, String newVersions, int newTotal) {
        models = newModels;
        modelVersions = newVersions;
        total = newTotal;
        done = 0;
        failed = 0;
        lastComment = null;
    }
}
