package dev.parley.reader;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;

/** A link that was mailed to a commenter, known by the hash of its token only. */
@Entity
class Link {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Column(name = "commenter_id")
    UUID commenterId;

    @Column(name = "site_id")
    UUID siteId;

    @Enumerated(EnumType.STRING)
    LinkPurpose purpose;

    byte[] hash;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "lapses_at")
    Instant lapsesAt;

    @SuppressWarnings("NullAway.Init")
    protected Link() {}

    Link(UUID id, String tenantId, UUID commenterId, UUID siteId, LinkPurpose purpose, byte[] hash, Instant now) {
        this.id = id;
        this.tenantId = tenantId;
        this.commenterId = commenterId;
        this.siteId = siteId;
        this.purpose = purpose;
        this.hash = hash;
        this.createdAt = now;
        this.lapsesAt = now.plus(purpose.validity());
    }
}
