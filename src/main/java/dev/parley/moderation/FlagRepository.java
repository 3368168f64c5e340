package dev.parley.moderation;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class FlagRepository implements PanacheRepositoryBase<Flag, UUID> {

    /** The report that this network made of the comment since then, if it made one. */
    Optional<UUID> earlier(String tenant, UUID comment, String network, Instant since) {
        List<?> found =
                getEntityManager()
                        .createNativeQuery(
                                "select id from flag where tenant_id = :tenant and comment_id = :comment"
                                        + " and network = cast(:network as cidr) and created_at > :since"
                                        + " order by created_at desc limit 1",
                                UUID.class)
                        .setParameter("tenant", tenant)
                        .setParameter("comment", comment)
                        .setParameter("network", network)
                        .setParameter("since", since)
                        .getResultList();
        return found.stream().map(UUID.class::cast).findFirst();
    }

    /** What is open against a comment. A network that was forgotten counts as one of its own. */
    OpenFlags open(String tenant, UUID comment) {
        Map<FlagReason, Integer> byReason = new EnumMap<>(FlagReason.class);
        List<?> counts =
                getEntityManager()
                        .createNativeQuery(
                                "select reason, count(*) from flag where tenant_id = :tenant"
                                        + " and comment_id = :comment and outcome = 'OPEN' group by reason",
                                Object[].class)
                        .setParameter("tenant", tenant)
                        .setParameter("comment", comment)
                        .getResultList();
        for (var count : counts) {
            var row = (Object[]) count;
            byReason.put(FlagReason.valueOf((String) row[0]), ((Number) row[1]).intValue());
        }
        if (byReason.isEmpty()) {
            return new OpenFlags(0, byReason);
        }
        var flaggers =
                (Number)
                        getEntityManager()
                                .createNativeQuery(
                                        "select count(distinct network) + count(*) filter (where network is null)"
                                                + " from flag where tenant_id = :tenant"
                                                + " and comment_id = :comment and outcome = 'OPEN'",
                                        Long.class)
                                .setParameter("tenant", tenant)
                                .setParameter("comment", comment)
                                .getSingleResult();
        return new OpenFlags(flaggers.intValue(), byReason);
    }

    /** Reports of a comment, newest first. */
    List<Flag> of(UUID comment, boolean openOnly, int limit) {
        var query =
                openOnly
                        ? find("commentId = ?1 and outcome = ?2 order by createdAt desc, id", comment, FlagOutcome.OPEN)
                        : find("commentId = ?1 order by createdAt desc, id", comment);
        return query.page(0, limit).list();
    }

    int resolve(String tenant, UUID comment, FlagOutcome outcome, Instant now) {
        return update(
                "outcome = ?1, resolvedAt = ?2 where tenantId = ?3 and commentId = ?4 and outcome = ?5",
                outcome,
                now,
                tenant,
                comment,
                FlagOutcome.OPEN);
    }
}
