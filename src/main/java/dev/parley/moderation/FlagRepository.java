package dev.parley.moderation;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
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
                                        + " order by created_at desc limit 1")
                        .setParameter("tenant", tenant)
                        .setParameter("comment", comment)
                        .setParameter("network", network)
                        .setParameter("since", since)
                        .getResultList();
        return found.stream().map(UUID.class::cast).findFirst();
    }

    /** What is open against a comment. A network that was forgotten counts as one of its own. */
    OpenFlags open(String tenant, UUID comment) {
        return open(tenant, List.of(comment)).getOrDefault(comment, OpenFlags.NONE);
    }

    /** What is open against each of these comments; those against which nothing is are left out. */
    Map<UUID, OpenFlags> open(String tenant, Collection<UUID> comments) {
        if (comments.isEmpty()) {
            return Map.of();
        }
        Map<UUID, Integer> flaggers = new HashMap<>();
        Map<UUID, Map<FlagReason, Integer>> byReason = new HashMap<>();
        // The row without a reason is the whole of a comment: a network with two reasons is one flagger.
        for (var row :
                ask(
                        "select comment_id, reason, count(*),"
                                + " count(distinct network) + count(*) filter (where network is null)"
                                + " from flag where tenant_id = :tenant and outcome = 'OPEN'"
                                + " and comment_id = any (cast(:comments as uuid[]))"
                                + " group by grouping sets ((comment_id, reason), (comment_id))",
                        Map.of("tenant", tenant, "comments", comments.toArray(UUID[]::new)))) {
            var comment = (UUID) row[0];
            if (row[1] == null) {
                flaggers.put(comment, ((Number) row[3]).intValue());
            } else {
                byReason.computeIfAbsent(comment, _ -> new EnumMap<>(FlagReason.class))
                        .put(FlagReason.valueOf((String) row[1]), ((Number) row[2]).intValue());
            }
        }
        Map<UUID, OpenFlags> open = new HashMap<>();
        byReason.forEach(
                (comment, counts) -> open.put(comment, new OpenFlags(flaggers.getOrDefault(comment, 0), counts)));
        return open;
    }

    /** The open reports of each of these comments, newest first, so many of each at most. */
    Map<UUID, List<FlagView>> openOn(String tenant, Collection<UUID> comments, int limit) {
        if (comments.isEmpty()) {
            return Map.of();
        }
        Map<UUID, List<FlagView>> reports = new HashMap<>();
        for (var row :
                ask(
                        "select c.id, f.reason, f.note, f.revision, f.created_at"
                                + " from unnest(cast(:comments as uuid[])) c (id) cross join lateral"
                                + " (select * from flag where tenant_id = :tenant and comment_id = c.id"
                                + " and outcome = 'OPEN' order by created_at desc, id limit :limit) f"
                                + " order by f.created_at desc, f.id",
                        Map.of("tenant", tenant, "comments", comments.toArray(UUID[]::new), "limit", limit))) {
            reports.computeIfAbsent((UUID) row[0], _ -> new ArrayList<>())
                    .add(
                            new FlagView(
                                    FlagReason.valueOf((String) row[1]),
                                    (String) row[2],
                                    ((Number) row[3]).intValue(),
                                    (Instant) row[4]));
        }
        return reports;
    }

    @SuppressWarnings("unchecked")
    private List<Object[]> ask(String query, Map<String, Object> values) {
        var asked = getEntityManager().createNativeQuery(query, Object[].class);
        values.forEach(asked::setParameter);
        return asked.getResultList();
    }

    /** Reports of a comment, newest first. */
    List<Flag> of(UUID comment, int limit) {
        return find("commentId = ?1 order by createdAt desc, id", comment).page(0, limit).list();
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
