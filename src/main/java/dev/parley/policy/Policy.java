package dev.parley.policy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;

/** One version of a scope's policy; never changed. */
@Entity
@Immutable
class Policy {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Enumerated(EnumType.STRING)
    PolicyScope scope;

    @Column(name = "scope_ref")
    String scopeRef;

    int version;

    @JdbcTypeCode(SqlTypes.JSON)
    String document;

    String reason;

    @Column(name = "created_by")
    String createdBy;

    @Column(name = "created_at")
    Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Policy() {}

    Policy(UUID id, String tenantId, PolicyChange change, String document, String createdBy, Instant now) {
        this.id = id;
        this.tenantId = tenantId;
        this.scope = change.scope();
        this.scopeRef = change.scopeRef();
        this.version = change.basedOn() + 1;
        this.document = document;
        this.reason = change.reason();
        this.createdBy = createdBy;
        this.createdAt = now;
    }
}
