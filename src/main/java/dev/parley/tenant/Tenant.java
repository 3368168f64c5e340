package dev.parley.tenant;

import dev.parley.platform.Conflict;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;

/** A publisher, as the directory knows it. */
@Entity
class Tenant {
    @Id String id;
    String name;

    @Enumerated(EnumType.STRING)
    TenantStatus status;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "changed_at")
    Instant changedAt;

    @SuppressWarnings("NullAway.Init")
    protected Tenant() {}

    Tenant(String id, String name, Instant now) {
        this.id = id;
        this.name = name;
        this.status = TenantStatus.ACTIVE;
        this.createdAt = now;
        this.changedAt = now;
    }

    void become(TenantStatus next, Instant now) {
        if (status == TenantStatus.CLOSED) {
            throw new Conflict("A closed tenant stays closed");
        }
        status = next;
        changedAt = now;
    }
}
