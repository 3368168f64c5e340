package dev.parley.tenant;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** The directory of tenants; it has no wall. */
@ApplicationScoped
class TenantRepository implements PanacheRepositoryBase<Tenant, String> {

    boolean isActive(String id) {
        return !getEntityManager()
                .createNativeQuery("select 1 from tenant where id = :id and status = 'ACTIVE'")
                .setParameter("id", id)
                .getResultList()
                .isEmpty();
    }
}
