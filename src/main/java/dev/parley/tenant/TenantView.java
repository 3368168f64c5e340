package dev.parley.tenant;

import java.time.Instant;

/** A tenant as the operator sees it. */
public record TenantView(String id, String name, TenantStatus status, Instant createdAt) {

    static TenantView of(Tenant tenant) {
        return new TenantView(tenant.id, tenant.name, tenant.status, tenant.createdAt);
    }
}
