package dev.parley.simulation;

import dev.parley.policy.PolicyScope;
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

/** A policy tried on the past. Progress is written by {@link SimulationRepository#advance} alone. */
@Entity
class Simulation {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Enumerated(EnumType.STRING)
    SimulationState state;

    @Enumerated(EnumType.STRING)
    PolicyScope scope;

    @Column(name = "scope_ref")
    String scopeRef;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable String document;

    @Column(name = "model_id")
    @Nullable UUID modelId;

    /** Null: all. */
    @JdbcTypeCode(SqlTypes.ARRAY)
    UUID @Nullable [] sites;

    @Column(name = "requested_by")
    String requestedBy;

    int total;
    int done;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable String result;

    @Column(name = "leased_until")
    @Nullable Instant leasedUntil;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "finished_at")
    @Nullable Instant finishedAt;

    @SuppressWarnings("NullAway.Init")
    protected Simulation() {}

    Simulation(
            UUID id,
            String tenantId,
            PolicyScope scope,
            String scopeRef,
            @Nullable String document,
            @Nullable UUID modelId,
            UUID @Nullable [] sites,
            String requestedBy,
            int total,
            Instant now,
            Instant leasedUntil) {
        this.id = id;
        this.tenantId = tenantId;
        this.state = SimulationState.RUNNING;
        this.scope = scope;
        this.scopeRef = scopeRef;
        this.document = document;
        this.modelId = modelId;
        this.sites = sites;
        this.requestedBy = requestedBy;
        this.total = total;
        this.createdAt = now;
        this.leasedUntil = leasedUntil;
    }

    boolean isRunning() {
        return state == SimulationState.RUNNING;
    }

    void end(SimulationState how, Instant now) {
        state = how;
        finishedAt = now;
        leasedUntil = null;
    }
}
