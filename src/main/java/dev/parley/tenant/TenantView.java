package dev.parley.tenant;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as the operator sees it.
 *
 * @param closesAt when its keys are destroyed; null unless it is closing
 */
public record TenantView(String id, String name, TenantStatus status, Instant createdAt, @Nullable Instant closesAt) {

    static TenantView of(Tenant tenant) {
        return new TenantView(tenant.id, tenant.name, tenant.status, tenant.createdAt, tenant.closesAt);
    }
}
