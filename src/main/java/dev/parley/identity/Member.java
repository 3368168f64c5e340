package dev.parley.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;

/** A person who works for a tenant. */
@Entity
class Member {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    String subject;

    @Enumerated(EnumType.STRING)
    Role role;

    String name;

    @Column(name = "all_sites")
    boolean allSites;

    @Column(name = "created_at")
    Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Member() {}

    Member(UUID id, String tenantId, NewMember member, Instant now) {
        this.id = id;
        this.tenantId = tenantId;
        this.subject = member.subject();
        this.role = member.role();
        this.name = member.name();
        this.allSites = member.sites().isEmpty();
        this.createdAt = now;
    }
}
