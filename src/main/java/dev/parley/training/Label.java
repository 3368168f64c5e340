package dev.parley.training;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A text with what people said of it. Written by {@link LabelRepository#put} alone. */
@Entity
@Immutable
class Label {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Column(name = "text_hash")
    byte[] textHash;

    String text;

    String language;

    /** JSON: suggested probability by attribute. */
    @JdbcTypeCode(SqlTypes.JSON)
    String scores;

    @Column(name = "client_token")
    @Nullable String clientToken;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "changed_at")
    Instant changedAt;

    @SuppressWarnings("NullAway.Init")
    protected Label() {}
}
