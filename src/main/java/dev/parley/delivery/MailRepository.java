package dev.parley.delivery;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class MailRepository implements PanacheRepositoryBase<Mail, UUID> {

    private final EntityManager entityManager;

    MailRepository(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** How many mails of a kind went to an address. */
    record Sent(long unanswered, long all) {}

    /** What waits and is due, longest first. */
    List<UUID> due(Instant now, int limit) {
        return entityManager
                .createQuery(
                        "select m.id from Mail m where m.outcome is null and m.dueAt <= :now order by m.dueAt, m.id",
                        UUID.class)
                .setParameter("now", now)
                .setMaxResults(limit)
                .getResultList();
    }

    /** The mail, locked, if it is still due and no other sender has it. */
    Optional<Mail> lockDue(UUID id, Instant now) {
        return lock("m.id = :id and m.outcome is null and m.dueAt <= :now", id, now);
    }

    /** The mail, locked, if it still waits. */
    Optional<Mail> lockWaiting(UUID id) {
        return find("id = ?1 and outcome is null", id)
                .withLock(jakarta.persistence.LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    private Optional<Mail> lock(String where, UUID id, Instant now) {
        return entityManager
                .createQuery("from Mail m where " + where, Mail.class)
                .setParameter("id", id)
                .setParameter("now", now)
                .setLockMode(jakarta.persistence.LockModeType.PESSIMISTIC_WRITE)
                .setHint("jakarta.persistence.lock.timeout", -2) // skip locked
                .getResultStream()
                .findFirst();
    }

    /** The newest mail of that kind to a commenter about an article. */
    Optional<Mail> latest(MailKind kind, UUID commenter, UUID article) {
        return find(
                        "commenterId = ?1 and kind = ?2 and articleId = ?3 order by createdAt desc, id desc",
                        commenter,
                        kind,
                        article)
                .withLock(jakarta.persistence.LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    /** Whether a mail of that kind to a commenter is about that comment. */
    boolean isTold(String tenant, MailKind kind, UUID commenter, UUID comment, boolean waitingOnly) {
        return !entityManager
                .createNativeQuery(
                        "select 1 from mail where tenant_id = :tenant and commenter_id = :commenter"
                                + " and kind = :kind and subjects @> array[cast(:comment as uuid)]"
                                + (waitingOnly ? " and outcome is null and attempts = 0" : "")
                                + " limit 1")
                .setParameter("tenant", tenant)
                .setParameter("commenter", commenter)
                .setParameter("kind", kind.name())
                .setParameter("comment", comment)
                .getResultList()
                .isEmpty();
    }

    /**
     * Waits until no other transaction counts or adds mails to that commenter's address.
     *
     * @return false if no address is kept
     */
    boolean lockAddress(String tenant, UUID commenter) {
        return !entityManager
                .createNativeQuery(
                        "select 1 from (select pg_advisory_xact_lock("
                                + "hashtextextended(tenant_id || ' mail ' || encode(lookup, 'hex'), 0))"
                                + " from commenter_address"
                                + " where tenant_id = :tenant and commenter_id = :commenter) locked")
                .setParameter("tenant", tenant)
                .setParameter("commenter", commenter)
                .getResultList()
                .isEmpty();
    }

    /** How many mails of a kind were written since then to all commenters at the address of this one. */
    Sent toAddressOf(String tenant, UUID commenter, MailKind kind, Instant since) {
        var row =
                (Object[])
                        entityManager
                                .createNativeQuery(
                                        "select count(*) filter (where c.verified_at is null"
                                                + " and c.merged_into is null), count(*)"
                                                + " from commenter_address mine"
                                                + " join commenter_address a on a.tenant_id = mine.tenant_id"
                                                + " and a.lookup = mine.lookup"
                                                + " join mail m on m.tenant_id = a.tenant_id"
                                                + " and m.commenter_id = a.commenter_id"
                                                + " join commenter c on c.tenant_id = a.tenant_id"
                                                + " and c.id = a.commenter_id"
                                                + " where mine.tenant_id = :tenant and mine.commenter_id = :commenter"
                                                + " and m.kind = :kind and m.created_at > :since",
                                        Object[].class)
                                .setParameter("tenant", tenant)
                                .setParameter("commenter", commenter)
                                .setParameter("kind", kind.name())
                                .setParameter("since", since)
                                .getSingleResult();
        return new Sent(((Number) row[0]).longValue(), ((Number) row[1]).longValue());
    }
}
