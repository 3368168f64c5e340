package dev.parley.audit;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class AuditEntryRepository implements PanacheRepositoryBase<AuditEntry, UUID> {

    /** Entries after an id that no link fixes yet, in the order of their ids. */
    List<AuditEntry> unsealed(String tenant, UUID after, int limit) {
        return getEntityManager()
                .createNativeQuery(
                        "select e.* from audit_entry e where e.tenant_id = :tenant and e.id > :after"
                                + " and not exists (select 1 from audit_link l"
                                + "  where l.tenant_id = e.tenant_id and l.entry_id = e.id)"
                                + " order by e.id limit :limit",
                        AuditEntry.class)
                .setParameter("tenant", tenant)
                .setParameter("after", after)
                .setParameter("limit", limit)
                .getResultList();
    }

    long countUnsealed() {
        return count("from AuditEntry e where not exists (select 1 from AuditLink l where l.entryId = e.id)");
    }

    /** Entries before an id, newest first. */
    List<AuditEntry> before(AuditFilter filter, @Nullable UUID id, int limit) {
        var wanted = new LinkedHashMap<String, Object>();
        put(wanted, "e.action = :", filter.action() == null ? null : filter.action().name());
        put(wanted, "e.actorId = :", filter.actor());
        put(wanted, "e.subjectKind = :", filter.subjectKind());
        put(wanted, "e.subjectId = :", filter.subject());
        put(wanted, "e.at >= :", filter.from());
        put(wanted, "e.at < :", filter.to());
        put(wanted, "e.id < :", id);
        var where = new StringBuilder();
        wanted.keySet().forEach(condition -> where.append(" and ").append(condition));
        var query =
                getEntityManager()
                        .createQuery("from AuditEntry e where 1 = 1" + where + " order by e.id desc", AuditEntry.class)
                        .setMaxResults(limit);
        wanted.forEach((condition, value) -> query.setParameter(name(condition), value));
        return query.getResultList();
    }

    private static void put(Map<String, Object> wanted, String condition, @Nullable Object value) {
        if (value != null) {
            wanted.put(condition + "p" + wanted.size(), value);
        }
    }

    private static String name(String condition) {
        return condition.substring(condition.indexOf(':') + 1);
    }
}
