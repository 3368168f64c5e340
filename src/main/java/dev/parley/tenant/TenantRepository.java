package dev.parley.tenant;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** The directory of tenants; it has no wall. */
@ApplicationScoped
class TenantRepository implements PanacheRepositoryBase<Tenant, String> {}
