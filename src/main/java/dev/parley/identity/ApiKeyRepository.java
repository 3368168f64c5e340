package dev.parley.identity;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** API keys, and the directory that leads to their tenants. */
@ApplicationScoped
class ApiKeyRepository implements PanacheRepositoryBase<ApiKey, UUID> {

    private final EntityManager entityManager;

    ApiKeyRepository(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    Optional<ApiKey> byPublicId(String publicId) {
        return find("publicId", publicId).firstResultOptional();
    }

    void enterInDirectory(ApiKey key) {
        entityManager
                .createNativeQuery("insert into api_key_directory (public_id, tenant_id) values (:id, :tenant)")
                .setParameter("id", key.publicId)
                .setParameter("tenant", key.tenantId)
                .executeUpdate();
    }

    Optional<String> tenantOf(String publicId) {
        List<?> tenant =
                entityManager
                        .createNativeQuery("select tenant_id from api_key_directory where public_id = :id")
                        .setParameter("id", publicId)
                        .getResultList();
        return tenant.stream().map(String.class::cast).findFirst();
    }
}
