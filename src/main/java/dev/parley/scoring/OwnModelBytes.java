package dev.parley.scoring;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** The file of an {@link OwnModel}, read only to score with it. */
@Entity
@Immutable
@Table(name = "own_model")
class OwnModelBytes {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Enumerated(EnumType.STRING)
    OwnModelState state;

    @Nullable String base;

    byte @Nullable [] file;

    @SuppressWarnings("NullAway.Init")
    protected OwnModelBytes() {}
}
