package dev.parley.tenant;

import dev.parley.platform.Conflict;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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

    @Column(name = "closes_at")
    @Nullable Instant closesAt;

    @SuppressWarnings("NullAway.Init")
    protected Tenant() {}

    Tenant(String id, String name, Instant now) {
        this.id = id;
        this.name = name;
        this.status = TenantStatus.ACTIVE;
        this.createdAt = now;
        this.changedAt = now;
    }

    /**
     * @param grace how long closing can be taken back; counts for {@code CLOSING} only
     */
    void become(TenantStatus next, Instant now, Duration grace) {
        if (status == TenantStatus.CLOSED) {
            throw new Conflict("A closed tenant stays closed");
        }
        if (next == TenantStatus.CLOSING && status == TenantStatus.CLOSING) {
            return; // asking again must not put it off
        }
        status = next;
        closesAt = next == TenantStatus.CLOSING ? now.plus(grace) : null;
        changedAt = now;
    }
}
