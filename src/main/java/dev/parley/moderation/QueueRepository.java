package dev.parley.moderation;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queue of a tenant, by keyset. */
@ApplicationScoped
class QueueRepository implements PanacheRepositoryBase<QueueItem, UUID> {

    /** Of Hibernate: what others lock is left out. */
    private static final int SKIP_LOCKED = -2;

    private final EntityManager entityManager;

    QueueRepository(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** A page of the queue, in the filter's order. */
    List<QueueItem> page(String tenant, QueueFilter filter, @Nullable QueuePlace after, int limit) {
        var asked = new Asked(tenant, filter);
        if (after != null) {
            asked.values.put("id", after.id());
            if (filter.order() == QueueOrder.RISK) {
                asked.and("(q.risk < :risk or (q.risk = :risk and q.commentId > :id))", "risk", after.risk());
            } else {
                asked.text.append(" and q.commentId > :id");
            }
        }
        return asked.query(filter.order()).setMaxResults(limit).getResultList();
    }

    /** Which of these items are in a part of the queue, in its order, locked; what others lock is skipped. */
    List<QueueItem> matching(String tenant, QueueFilter filter, Collection<UUID> comments) {
        if (comments.isEmpty()) {
            return List.of();
        }
        var asked = new Asked(tenant, filter);
        asked.and("q.commentId in :comments", "comments", comments);
        return locked(asked.query(filter.order()));
    }

    /** The first items that nobody has, locked; those that another transaction locks are skipped. */
    List<QueueItem> free(String tenant, QueueFilter filter, Instant now, int limit) {
        var asked = new Asked(tenant, filter);
        asked.and(
                "not exists (select 1 from QueueClaim k where k.tenantId = q.tenantId and k.commentId = q.commentId"
                        + " and k.expiresAt > :now)",
                "now",
                now);
        return locked(asked.query(filter.order()).setMaxResults(limit));
    }

    private static List<QueueItem> locked(TypedQuery<QueueItem> query) {
        return query.setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint("jakarta.persistence.lock.timeout", SKIP_LOCKED)
                .getResultList();
    }

    /**
     * How comments stand: id, site, whether it is in the queue, revision, whether it is escalated, since when, reasons,
     * who has it and until when.
     */
    List<Object[]> standing(String tenant, Collection<UUID> comments, Instant now) {
        return ask(
                "select c.id, c.site_id, q.comment_id is not null, coalesce(q.revision, 0),"
                        + " q.escalated_at is not null, coalesce(q.escalated_at, q.entered_at), coalesce(q.reasons, '{}'), k.member_id, k.expires_at from comment c"
                        + " left join queue_item q on q.tenant_id = c.tenant_id and q.comment_id = c.id"
                        + " left join queue_claim k on k.tenant_id = q.tenant_id and k.comment_id = q.comment_id"
                        + " and k.expires_at > :now"
                        + " where c.tenant_id = :tenant and c.id = any (cast(:comments as uuid[]))",
                Map.of("tenant", tenant, "comments", comments.toArray(UUID[]::new), "now", now));
    }

    /** An item, locked for the rest of the transaction. */
    Optional<QueueItem> lock(UUID comment) {
        return findByIdOptional(comment, LockModeType.PESSIMISTIC_WRITE);
    }

    /** The question for a part of the queue. */
    private final class Asked {
        final StringBuilder text = new StringBuilder("from QueueItem q where q.tenantId = :tenant");
        final Map<String, Object> values = new HashMap<>();

        Asked(String tenant, QueueFilter filter) {
            values.put("tenant", tenant);
            text.append(filter.escalated() ? " and q.escalatedAt is not null" : " and q.escalatedAt is null");
            and("q.siteId in :sites", "sites", filter.sites());
            and(
                    "array_contains(q.reasons, :reason)",
                    "reason",
                    filter.reason() == null ? null : filter.reason().name());
            and("q.language = :language", "language", filter.language());
            and(
                    "exists (select 1 from Article a where a.tenantId = q.tenantId and a.id = q.articleId"
                            + " and array_contains(a.categories, :category))",
                    "category",
                    filter.category());
        }

        void and(String condition, String name, @Nullable Object value) {
            if (value != null) {
                text.append(" and ").append(condition);
                values.put(name, value);
            }
        }

        TypedQuery<QueueItem> query(QueueOrder order) {
            text.append(order == QueueOrder.RISK ? " order by q.risk desc, q.commentId" : " order by q.commentId");
            var typed = entityManager.createQuery(text.toString(), QueueItem.class);
            values.forEach(typed::setParameter);
            return typed;
        }
    }

    /**
     * How many items wait, by what they can be filtered by.
     *
     * @param claimed how many are worked on, by member
     */
    record Tallies(
            long total,
            long escalated,
            Map<UUID, Long> claimed,
            @Nullable Instant oldest,
            Map<String, Long> byReason,
            Map<String, Long> bySite,
            Map<String, Long> byLanguage,
            Map<String, Long> byCategory) {

        long claimedByOthersThan(UUID member) {
            return claimed.entrySet().stream()
                    .filter(holder -> !holder.getKey().equals(member))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    /** Counts a part of the queue, escalated or not. */
    Tallies tallies(String tenant, QueueFilter filter, Instant now) {
        var where = new StringBuilder(" where q.tenant_id = :tenant");
        Map<String, Object> values = new HashMap<>();
        values.put("tenant", tenant);
        if (filter.sites() != null) {
            where.append(" and q.site_id = any (cast(:sites as uuid[]))");
            values.put("sites", filter.sites().toArray(UUID[]::new));
        }
        if (filter.reason() != null) {
            where.append(" and :reason = any (q.reasons)");
            values.put("reason", filter.reason().name());
        }
        if (filter.language() != null) {
            where.append(" and q.language = :language");
            values.put("language", filter.language());
        }
        if (filter.category() != null) {
            where.append(
                    " and exists (select 1 from article a where a.tenant_id = q.tenant_id and a.id = q.article_id"
                            + " and :category = any (a.categories))");
            values.put("category", filter.category());
        }
        long total = 0;
        long escalated = 0;
        Instant oldest = null;
        Map<String, Long> byReason = new TreeMap<>();
        Map<String, Long> bySite = new TreeMap<>();
        Map<String, Long> byLanguage = new TreeMap<>();
        // In one walk through all that waits; there are far fewer such groups than items.
        for (var row :
                ask(
                        "select array_to_string(q.reasons, ' '), cast(q.site_id as text), q.language,"
                                + " q.escalated_at is not null, count(*), min(q.entered_at) from queue_item q"
                                + where
                                + " group by q.reasons, q.site_id, q.language, q.escalated_at is not null",
                        values)) {
            long items = ((Number) row[4]).longValue();
            if ((Boolean) row[3]) {
                escalated += items;
                continue;
            }
            total += items;
            var since = (Instant) row[5];
            oldest = oldest == null || since.isBefore(oldest) ? since : oldest;
            Stream.of(((String) row[0]).split(" "))
                    .filter(reason -> !reason.isEmpty())
                    .forEach(reason -> byReason.merge(reason, items, Long::sum));
            bySite.merge((String) row[1], items, Long::sum);
            byLanguage.merge((String) row[2], items, Long::sum);
        }
        var living = new HashMap<>(values);
        living.put("now", now);
        Map<UUID, Long> claimed = new HashMap<>();
        groups(
                        "select cast(k.member_id as text), count(*) from queue_claim k join queue_item q"
                                + " on q.tenant_id = k.tenant_id and q.comment_id = k.comment_id"
                                + where
                                + " and k.tenant_id = :tenant and k.expires_at > :now group by 1",
                        living)
                .forEach((member, items) -> claimed.put(UUID.fromString(member), items));
        return new Tallies(
                total,
                escalated,
                claimed,
                oldest,
                byReason,
                bySite,
                byLanguage,
                groups(
                        "select category, sum(n) from (select q.article_id, count(*) as n from queue_item q"
                                + where
                                + " and q.escalated_at is null group by 1) w join article a"
                                + " on a.tenant_id = :tenant and a.id = w.article_id,"
                                + " unnest(a.categories) category group by 1",
                        values));
    }

    private Map<String, Long> groups(String query, Map<String, Object> values) {
        Map<String, Long> groups = new TreeMap<>();
        ask(query, values).forEach(row -> groups.put((String) row[0], ((Number) row[1]).longValue()));
        return groups;
    }

    @SuppressWarnings("unchecked")
    private List<Object[]> ask(String query, Map<String, Object> values) {
        var asked = entityManager.createNativeQuery(query, Object[].class);
        values.forEach(asked::setParameter);
        return asked.getResultList();
    }
}
