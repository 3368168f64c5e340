package dev.parley.comment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A person as one tenant knows them. The address is kept elsewhere, sealed. */
@Entity
class Commenter {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    String name;
    @Nullable String website;

    @Column(name = "verified_at")
    @Nullable Instant verifiedAt;

    @Column(name = "created_at")
    Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Commenter() {}

    Commenter(UUID id, String tenantId, String name, @Nullable String website, Instant now) {
        this.id = id;
        this.tenantId = tenantId;
        this.name = name;
        this.website = website;
        this.createdAt = now;
    }

    CommenterView view() {
        return new CommenterView(id, name, website, verifiedAt != null, createdAt);
    }
}
