package dev.parley.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A key by which a program of the tenant's calls. */
@Entity
@Table(name = "api_key")
class ApiKey {
    @Id UUID id;

    @TenantId
    @PartitionKey
    @Column(name = "tenant_id")
    String tenantId;

    @Column(name = "public_id")
    String publicId;

    String name;

    byte[] hash;

    @Column(name = "per_minute")
    int perMinute;

    @Column(name = "created_by")
    UUID createdBy;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "expires_at")
    @Nullable Instant expiresAt;

    @Column(name = "revoked_at")
    @Nullable Instant revokedAt;

    @Column(name = "last_used_on")
    @Nullable LocalDate lastUsedOn;

    @SuppressWarnings("NullAway.Init")
    protected ApiKey() {}

    ApiKey(
            UUID id,
            String tenantId,
            ApiKeySecret secret,
            String name,
            int perMinute,
            @Nullable Instant expiresAt,
            UUID createdBy,
            Instant now) {
        this.id = id;
        this.tenantId = tenantId;
        this.publicId = secret.publicId();
        this.hash = secret.hash();
        this.name = name;
        this.perMinute = perMinute;
        this.expiresAt = expiresAt;
        this.createdBy = createdBy;
        this.createdAt = now;
    }

    boolean isGood(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }

    /** Notes the day only: finer times would say when somebody's program writes, and cost a write with each call. */
    void used(Instant now) {
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (!today.equals(lastUsedOn)) {
            lastUsedOn = today;
        }
    }

    ApiKeyView view() {
        return new ApiKeyView(
                id,
                name,
                ApiKeySecret.PREFIX + publicId,
                perMinute,
                createdBy,
                createdAt,
                expiresAt,
                lastUsedOn,
                revokedAt);
    }
}
