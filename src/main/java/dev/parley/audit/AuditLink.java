package dev.parley.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;

/** One link of a tenant's chain: fixes an entry and everything before it. */
@Entity
@Immutable
@Table(name = "audit_link")
class AuditLink {
    /** Counts from 1 without gaps. */
    @Id long seq;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Column(name = "entry_id")
    UUID entryId;

    @Column(name = "previous_hash")
    byte[] previousHash;

    byte[] hash;

    @Column(name = "sealed_at")
    Instant sealedAt;

    @SuppressWarnings("NullAway.Init")
    protected AuditLink() {}

    AuditLink(long seq, AuditEntry entry, byte[] previousHash, Instant now) {
        this.seq = seq;
        this.tenantId = entry.tenantId;
        this.entryId = entry.id;
        this.previousHash = previousHash;
        this.hash = ChainHash.of(previousHash, seq, entry);
        this.sealedAt = now;
    }
}
