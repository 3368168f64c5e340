package dev.parley.outbox;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class OutboxEventRepository implements PanacheRepositoryBase<OutboxEvent, UUID> {

    /**
     * Locks what waits and is due and no other relay has, first in first out: of each subject only the earliest
     * version, so that no relay overtakes another. Given-up events hold nobody up.
     *
     * <p>The earliest is looked up for each, whatever is known of the table: PostgreSQL may know it as empty when there
     * is suddenly much in it, and would compare each event with each.
     */
    List<OutboxEvent> lockDue(String tenant, Instant now, int limit) {
        return getEntityManager()
                .createNativeQuery(
                        "select e.* from outbox_event e"
                                + " where e.tenant_id = :tenant and e.delivered_at is null"
                                + " and e.attempts < :attempts and (e.due_at is null or e.due_at <= :now)"
                                + " and e.id = (select p.id from outbox_event p"
                                + "  where p.tenant_id = e.tenant_id and p.subject_id = e.subject_id"
                                + "  and p.delivered_at is null and p.attempts < :attempts"
                                + "  order by p.version, p.id limit 1)"
                                + " order by e.id limit :limit for update of e skip locked",
                        OutboxEvent.class)
                .setParameter("tenant", tenant)
                .setParameter("attempts", Relay.ATTEMPTS)
                .setParameter("now", now)
                .setParameter("limit", limit)
                .getResultList();
    }

    /** The event, locked, if it still waits and no other relay has it. */
    Optional<OutboxEvent> lock(UUID id) {
        return getEntityManager()
                .createQuery("from OutboxEvent e where e.id = :id and e.deliveredAt is null", OutboxEvent.class)
                .setParameter("id", id)
                .setLockMode(jakarta.persistence.LockModeType.PESSIMISTIC_WRITE)
                .setHint("jakarta.persistence.lock.timeout", -2) // skip locked
                .getResultStream()
                .findFirst();
    }

    int deleteDelivered(Instant before, int limit) {
        return getEntityManager()
                .createQuery(
                        "delete from OutboxEvent e where e.id in"
                                + " (select o.id from OutboxEvent o where o.deliveredAt < :before"
                                + " order by o.id limit :limit)")
                .setParameter("before", before)
                .setParameter("limit", limit)
                .executeUpdate();
    }
}
