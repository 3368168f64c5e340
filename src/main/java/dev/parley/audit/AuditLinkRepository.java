package dev.parley.audit;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
class AuditLinkRepository implements PanacheRepositoryBase<AuditLink, Long> {

    /** A link and the entry that it fixes. */
    record Linked(AuditLink link, AuditEntry entry) {}

    Optional<AuditLink> last(String tenant) {
        return getEntityManager()
                .createNativeQuery(
                        "select * from audit_link where tenant_id = :tenant order by seq desc limit 1", AuditLink.class)
                .setParameter("tenant", tenant)
                .getResultStream()
                .findFirst();
    }

    /** As {@link #after(long, int)}, of entries of a span of time only. */
    List<Linked> after(long seq, Instant from, Instant to, int limit) {
        return getEntityManager()
                .createQuery(
                        "select l, e from AuditLink l join AuditEntry e on e.id = l.entryId"
                                + " where l.seq > :seq and e.at >= :from and e.at < :to order by l.seq",
                        Linked.class)
                .setParameter("seq", seq)
                .setParameter("from", from)
                .setParameter("to", to)
                .setMaxResults(limit)
                .getResultList();
    }

    /** The next links after a number, with their entries, in order. */
    List<Linked> after(long seq, int limit) {
        return getEntityManager()
                .createQuery(
                        "select l, e from AuditLink l join AuditEntry e on e.id = l.entryId"
                                + " where l.seq > :seq order by l.seq",
                        Linked.class)
                .setParameter("seq", seq)
                .setMaxResults(limit)
                .getResultList();
    }
}
