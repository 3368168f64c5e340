package dev.parley.moderation;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The queue of a tenant, by keyset. */
@ApplicationScoped
class QueueRepository implements PanacheRepositoryBase<QueueItem, UUID> {

    private final EntityManager entityManager;

    QueueRepository(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    List<QueueItem> page(String tenant, QueueFilter filter, @Nullable QueuePlace after, int limit) {
        var query = new StringBuilder("from QueueItem q where q.tenantId = :tenant");
        Map<String, Object> values = new HashMap<>();
        values.put("tenant", tenant);
        if (filter.sites() != null) {
            query.append(" and q.siteId in :sites");
            values.put("sites", filter.sites());
        }
        if (filter.reason() != null) {
            query.append(" and array_contains(q.reasons, :reason)");
            values.put("reason", filter.reason().name());
        }
        if (filter.language() != null) {
            query.append(" and q.language = :language");
            values.put("language", filter.language());
        }
        if (after != null) {
            values.put("id", after.id());
            if (filter.order() == QueueOrder.RISK) {
                query.append(" and (q.risk < :risk or (q.risk = :risk and q.commentId > :id))");
                values.put("risk", after.risk());
            } else {
                query.append(" and q.commentId > :id");
            }
        }
        query.append(
                filter.order() == QueueOrder.RISK ? " order by q.risk desc, q.commentId" : " order by q.commentId");
        var typed = entityManager.createQuery(query.toString(), QueueItem.class).setMaxResults(limit);
        values.forEach(typed::setParameter);
        return typed.getResultList();
    }
}
