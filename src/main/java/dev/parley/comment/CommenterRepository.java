package dev.parley.comment;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class CommenterRepository implements PanacheRepositoryBase<Commenter, UUID> {

    /** As the row is now, past what this session may have read. */
    Optional<UUID> survivorOf(String tenant, UUID id) {
        return first(
                "select coalesce(merged_into, id) from commenter"
                        + " where tenant_id = :tenant and id = :id and erased_at is null",
                tenant,
                id);
    }

    /** Waits for who changes the row, and lets nobody change it before this transaction ends. */
    Optional<UUID> shareIfThere(String tenant, UUID id) {
        return first("select id from commenter where tenant_id = :tenant and id = :id for share", tenant, id);
    }

    void lock(String tenant, Collection<UUID> ids) {
        getEntityManager()
                .createNativeQuery(
                        "select id from commenter where tenant_id = :tenant and id = any (cast(:ids as uuid[]))"
                                + " order by id for no key update")
                .setParameter("tenant", tenant)
                .setParameter("ids", ids.toArray(UUID[]::new))
                .getResultList();
    }

    private Optional<UUID> first(String sql, String tenant, UUID id) {
        return getEntityManager()
                .createNativeQuery(sql)
                .setParameter("tenant", tenant)
                .setParameter("id", id)
                .getResultStream()
                .map(UUID.class::cast)
                .findFirst();
    }
}
