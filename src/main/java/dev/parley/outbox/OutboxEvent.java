package dev.parley.outbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An event that waits for, or has had, its delivery. */
@Entity
@Table(name = "outbox_event")
class OutboxEvent {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    String type;

    @Column(name = "subject_id")
    UUID subjectId;

    long version;

    @JdbcTypeCode(SqlTypes.JSON)
    String payload;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "delivered_at")
    @Nullable Instant deliveredAt;

    int attempts;

    @Column(name = "due_at")
    @Nullable Instant dueAt;

    @Column(name = "last_error")
    @Nullable String lastError;

    @SuppressWarnings("NullAway.Init")
    protected OutboxEvent() {}

    Delivery delivery() {
        return new Delivery(id, tenantId, type, subjectId, version, payload, createdAt, attempts + 1);
    }
}
