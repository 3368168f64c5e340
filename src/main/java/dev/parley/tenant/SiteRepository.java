package dev.parley.tenant;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class SiteRepository implements PanacheRepositoryBase<Site, UUID> {

    Optional<Site> byKey(String tenant, String key) {
        return getEntityManager()
                .createNativeQuery("select * from site where tenant_id = :tenant and key = :key", Site.class)
                .setParameter("tenant", tenant)
                .setParameter("key", key)
                .getResultStream()
                .findFirst();
    }
}
