package dev.parley.tenant;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The directory of tenants; it has no wall. */
@ApplicationScoped
class TenantRepository implements PanacheRepositoryBase<Tenant, String> {

    /** Ids of those that are served, those that are there longest first. */
    List<String> activeIds() {
        return ids("select id from tenant where status = 'ACTIVE' order by created_at, id", Map.of());
    }

    /** Ids of those whose time of grace is over. */
    List<String> due(Instant now) {
        return ids("select id from tenant where status = 'CLOSING' and closes_at <= :now", Map.of("now", now));
    }

    /** Ids alone, and in SQL: several rounds ask every second, and HQL would be translated each time (ADR 21). */
    private List<String> ids(String sql, Map<String, ?> parameters) {
        var query = getEntityManager().createNativeQuery(sql);
        parameters.forEach(query::setParameter);
        List<?> ids = query.getResultList();
        return ids.stream().map(String.class::cast).toList();
    }

    boolean isActive(String id) {
        return !getEntityManager()
                .createNativeQuery("select 1 from tenant where id = :id and status = 'ACTIVE'")
                .setParameter("id", id)
                .getResultList()
                .isEmpty();
    }
}
