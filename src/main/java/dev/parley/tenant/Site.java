package dev.parley.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;

/** One property of a tenant. */
@Entity
class Site {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    String key;
    String name;
    String language;

    @Column(columnDefinition = "text[]")
    String[] origins;

    /** Of the secret with which the publisher signs metadata; the secret is derived, not kept. */
    @Column(name = "secret_version")
    int secretVersion;

    @Column(name = "created_at")
    Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Site() {}

    Site(UUID id, String tenantId, NewSite site, Instant now) {
        this.id = id;
        this.tenantId = tenantId;
        this.key = site.key();
        this.name = site.name();
        this.language = site.language();
        this.origins = site.origins().toArray(String[]::new);
        this.secretVersion = 1;
        this.createdAt = now;
    }

    SiteView view() {
        return new SiteView(id, key, name, language, List.of(origins));
    }
}
