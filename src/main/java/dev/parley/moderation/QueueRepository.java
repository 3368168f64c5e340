package dev.parley.moderation;

import dev.parley.platform.Pipeline;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
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

    private final EntityManager entityManager;
    private final Pipeline pipeline;

    QueueRepository(EntityManager entityManager, Pipeline pipeline) {
        this.entityManager = entityManager;
        this.pipeline = pipeline;
    }

    /** A page of the queue, in the filter's order. */
    List<QueueEntry> page(String tenant, QueueFilter filter, @Nullable QueuePlace after, int limit) {
        var asked = new Asked(tenant, filter);
        if (after != null) {
            if (filter.order() == QueueOrder.RISK) {
                asked.and("(q.risk < ? or (q.risk = ? and q.comment_id > ?))", after.risk(), after.risk(), after.id());
            } else {
                asked.and("q.comment_id > ?", after.id());
            }
        }
        return asked.inOrder().limit(limit).entries();
    }

    /**
     * Which of these items are in a part of the queue, in its order, locked. What others lock is waited for: one that
     * looks for free items may have locked what was given to somebody just before, and finds that out soon.
     */
    List<QueueEntry> matching(String tenant, QueueFilter filter, Collection<UUID> comments) {
        return comments.isEmpty() ? List.of() : new Asked(tenant, filter).among(comments).inOrder().lock("").entries();
    }

    /** The first items that nobody has, locked; those that another transaction locks are skipped. */
    List<QueueEntry> free(String tenant, QueueFilter filter, Instant now, int limit) {
        return new Asked(tenant, filter)
                .and(
                        "not exists (select 1 from queue_claim k where k.tenant_id = q.tenant_id"
                                + " and k.comment_id = q.comment_id and k.expires_at > ?)",
                        now)
                .inOrder()
                .limit(limit)
                .lock(" skip locked")
                .entries();
    }

    /** Those of these comments that are in the queue. */
    List<QueueEntry> entries(String tenant, Collection<UUID> comments) {
        return comments.isEmpty() ? List.of() : new Asked(tenant).among(comments).entries();
    }

    /**
     * How comments stand: id, site, version of their state, whether it is in the queue, revision, whether it is
     * escalated, since when, reasons, who has it and until when.
     */
    List<Object[]> standing(String tenant, Collection<UUID> comments, Instant now) {
        return ask(
                "select c.id, c.site_id, c.state_version, q.comment_id is not null, coalesce(q.revision, 0),"
                        + " q.escalated_at is not null, coalesce(q.escalated_at, q.entered_at), coalesce(q.reasons, '{}'), k.member_id, k.expires_at"
                        + " from unnest(cast(:comments as uuid[])) these (id)"
                        + " join comment c on c.tenant_id = :tenant and c.id = these.id"
                        + " left join queue_item q on q.tenant_id = c.tenant_id and q.comment_id = c.id"
                        + " left join queue_claim k on k.tenant_id = q.tenant_id and k.comment_id = q.comment_id"
                        + " and k.expires_at > :now",
                Map.of("tenant", tenant, "comments", comments.toArray(UUID[]::new), "now", now));
    }

    /** An item, locked for the rest of the transaction. */
    Optional<QueueItem> lock(UUID comment) {
        return findByIdOptional(comment, LockModeType.PESSIMISTIC_WRITE);
    }

    /** The question for a part of the queue. */
    private final class Asked {
        private final StringBuilder text =
                new StringBuilder(
                        "select q.comment_id, q.reasons, q.risk, q.entered_at, q.escalated_at, q.escalated_by"
                                + " from queue_item q where q.tenant_id = ?");
        private final List<Object> values = new ArrayList<>();
        private QueueOrder order = QueueOrder.RISK;

        Asked(String tenant) {
            values.add(tenant);
        }

        Asked(String tenant, QueueFilter filter) {
            this(tenant);
            order = filter.order();
            text.append(filter.escalated() ? " and q.escalated_at is not null" : " and q.escalated_at is null");
            var sites = filter.sites();
            if (sites != null && sites.size() == 1) {
                and("q.site_id = ?", sites.iterator().next()); // for which there are indexes in both orders
            } else if (sites != null) {
                and("q.site_id = any (?)", (Object) sites.toArray(UUID[]::new));
            }
            if (filter.reason() != null) {
                and("? = any (q.reasons)", filter.reason().name());
            }
            if (filter.language() != null) {
                and("q.language = ?", filter.language());
            }
            if (filter.category() != null) {
                and(
                        "exists (select 1 from article a where a.tenant_id = q.tenant_id and a.id = q.article_id"
                                + " and ? = any (a.categories))",
                        filter.category());
            }
        }

        Asked and(String condition, Object... parameters) {
            text.append(" and ").append(condition);
            values.addAll(List.of(parameters));
            return this;
        }

        Asked among(Collection<UUID> comments) {
            return and("q.comment_id = any (?)", (Object) comments.toArray(UUID[]::new));
        }

        Asked inOrder() {
            text.append(order == QueueOrder.RISK ? " order by q.risk desc, q.comment_id" : " order by q.comment_id");
            return this;
        }

        Asked limit(int limit) {
            text.append(" limit ?");
            values.add(limit);
            return this;
        }

        /**
         * @param others what to do about those that others lock
         */
        Asked lock(String others) {
            text.append(" for no key update of q").append(others);
            return this;
        }

        List<QueueEntry> entries() {
            return pipeline.ask(text.toString(), Pipeline.listing(QueueEntry::read), values.toArray()).get();
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

    /**
     * Counts a part of the queue, escalated or not, in one walk through all that waits. It takes one of the database's
     * processors and no more: those who decide meanwhile need the others.
     */
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
        Map<String, Long> byCategory = new TreeMap<>();
        pipeline.send("set local max_parallel_workers_per_gather = 0");
        pipeline.flush();
        // There are far fewer groups than items. Those with a category count the same items once more.
        for (var row :
                ask(
                        "with waiting as materialized (select q.article_id, q.reasons, q.site_id, q.language,"
                                + " q.escalated_at is not null as escalated, count(*) as items,"
                                + " min(q.entered_at) as since from queue_item q"
                                + where
                                + " group by 1, 2, 3, 4, 5)"
                                + " select null as category, array_to_string(w.reasons, ' '), cast(w.site_id as text),"
                                + " w.language, w.escalated, sum(w.items), min(w.since) from waiting w"
                                + " group by w.reasons, w.site_id, w.language, w.escalated"
                                + " union all select category, null, null, null, false, sum(w.items), null"
                                + " from waiting w join article a on a.tenant_id = :tenant and a.id = w.article_id,"
                                + " unnest(a.categories) category where not w.escalated group by category",
                        values)) {
            long items = ((Number) row[5]).longValue();
            if (row[0] != null) {
                byCategory.put((String) row[0], items);
                continue;
            }
            if ((Boolean) row[4]) {
                escalated += items;
                continue;
            }
            total += items;
            var since = (Instant) row[6];
            oldest = oldest == null || since.isBefore(oldest) ? since : oldest;
            Stream.of(((String) row[1]).split(" "))
                    .filter(reason -> !reason.isEmpty())
                    .forEach(reason -> byReason.merge(reason, items, Long::sum));
            bySite.merge((String) row[2], items, Long::sum);
            byLanguage.merge((String) row[3], items, Long::sum);
        }
        var living = new HashMap<>(values);
        living.put("now", now);
        Map<UUID, Long> claimed = new HashMap<>();
        for (var row :
                ask(
                        "select k.member_id, count(*) from queue_claim k join queue_item q"
                                + " on q.tenant_id = k.tenant_id and q.comment_id = k.comment_id"
                                + where
                                + " and k.tenant_id = :tenant and k.expires_at > :now group by 1",
                        living)) {
            claimed.put((UUID) row[0], ((Number) row[1]).longValue());
        }
        return new Tallies(total, escalated, claimed, oldest, byReason, bySite, byLanguage, byCategory);
    }

    @SuppressWarnings("unchecked")
    private List<Object[]> ask(String query, Map<String, Object> values) {
        var asked = entityManager.createNativeQuery(query, Object[].class);
        values.forEach(asked::setParameter);
        return asked.getResultList();
    }
}
