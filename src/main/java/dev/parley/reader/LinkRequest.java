package dev.parley.reader;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;

/** That a link was asked for, at an address known by its keyed look-up only. */
@Entity
@Immutable
@Table(name = "link_request")
class LinkRequest {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Column(name = "site_id")
    UUID siteId;

    byte[] lookup;

    @Column(name = "created_at")
    Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected LinkRequest() {}

    LinkRequest(UUID id, String tenantId, UUID siteId, byte[] lookup, Instant now) {
        this.id = id;
        this.tenantId = tenantId;
        this.siteId = siteId;
        this.lookup = lookup;
        this.createdAt = now;
    }
}
