package dev.parley.audit;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class AuditEntryRepository implements PanacheRepositoryBase<AuditEntry, UUID> {

    /** Entries after an id that no link fixes yet, in the order of their ids. */
    List<AuditEntry> unsealed(UUID after, int limit) {
        return getEntityManager()
                .createQuery(
                        "from AuditEntry e where e.id > :after"
                                + " and not exists (select 1 from AuditLink l where l.entryId = e.id)"
                                + " order by e.id",
                        AuditEntry.class)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList();
    }

    long countUnsealed() {
        return count("from AuditEntry e where not exists (select 1 from AuditLink l where l.entryId = e.id)");
    }

    /** Entries before an id, newest first. */
    List<AuditEntry> before(@Nullable Action action, @Nullable UUID id, int limit) {
        var query =
                getEntityManager()
                        .createQuery(
                                "from AuditEntry e where 1 = 1"
                                        + (action == null ? "" : " and e.action = :action")
                                        + (id == null ? "" : " and e.id < :id")
                                        + " order by e.id desc",
                                AuditEntry.class)
                        .setMaxResults(limit);
        if (action != null) {
            query.setParameter("action", action.name());
        }
        if (id != null) {
            query.setParameter("id", id);
        }
        return query.getResultList();
    }
}
