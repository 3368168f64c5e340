package dev.parley.scoring;

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

/** A model that a tenant's moderators taught, without its file. Written first by {@link OwnModelRepository#put}. */
@Entity
@Table(name = "own_model")
class OwnModel {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id", updatable = false)
    String tenantId;

    @Column(updatable = false)
    String language;

    @Column(updatable = false)
    String attribute;

    @Enumerated(EnumType.STRING)
    OwnModelState state;

    @Column(updatable = false)
    @Nullable String base;

    @Column(updatable = false)
    String version;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(updatable = false)
    String report;

    @Column(name = "trained_at", updatable = false)
    Instant trainedAt;

    @Column(name = "activated_at")
    @Nullable Instant activatedAt;

    @Column(name = "activated_by")
    @Nullable UUID activatedBy;

    @SuppressWarnings("NullAway.Init")
    protected OwnModel() {}

    boolean isUsable() {
        return state != OwnModelState.NOT_BETTER;
    }
}
