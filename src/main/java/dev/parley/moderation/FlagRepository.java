package dev.parley.moderation;

import dev.parley.platform.Pipeline;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class FlagRepository implements PanacheRepositoryBase<Flag, UUID> {

    private final Pipeline pipeline;

    FlagRepository(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

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
        return askOpen(tenant, List.of(comment)).get().getOrDefault(comment, OpenFlags.NONE);
    }

    /** Asks what is open against each of these comments; those against which nothing is are left out. */
    Pipeline.Answer<Map<UUID, OpenFlags>> askOpen(String tenant, Collection<UUID> comments) {
        // The row without a reason is the whole of a comment: a network with two reasons is one flagger.
        return pipeline.ask(
                "select comment_id, reason, count(*) as flags,"
                        + " count(distinct network) + count(*) filter (where network is null) as flaggers"
                        + " from flag where tenant_id = ? and outcome = 'OPEN' and comment_id = any (?)"
                        + " group by grouping sets ((comment_id, reason), (comment_id))",
                FlagRepository::open,
                tenant,
                comments.toArray(UUID[]::new));
    }

    private static Map<UUID, OpenFlags> open(ResultSet rows) throws SQLException {
        Map<UUID, Integer> flaggers = new HashMap<>();
        Map<UUID, Map<FlagReason, Integer>> byReason = new HashMap<>();
        while (rows.next()) {
            var comment = rows.getObject("comment_id", UUID.class);
            var reason = rows.getString("reason");
            if (reason == null) {
                flaggers.put(comment, rows.getInt("flaggers"));
            } else {
                byReason.computeIfAbsent(comment, _ -> new EnumMap<>(FlagReason.class))
                        .put(FlagReason.valueOf(reason), rows.getInt("flags"));
            }
        }
        Map<UUID, OpenFlags> open = new HashMap<>();
        byReason.forEach(
                (comment, counts) -> open.put(comment, new OpenFlags(flaggers.getOrDefault(comment, 0), counts)));
        return open;
    }

    /** Asks for the open reports of each of these comments, newest first, so many of each at most. */
    Pipeline.Answer<Map<UUID, List<FlagView>>> askOpenOn(String tenant, Collection<UUID> comments, int limit) {
        return pipeline.ask(
                "select c.id, f.reason, f.note, f.revision, f.created_at from unnest(?) c (id) cross join lateral"
                        + " (select * from flag where tenant_id = ? and comment_id = c.id"
                        + " and outcome = 'OPEN' order by created_at desc, id limit ?) f"
                        + " order by f.created_at desc, f.id",
                rows -> {
                    Map<UUID, List<FlagView>> reports = new HashMap<>();
                    while (rows.next()) {
                        reports.computeIfAbsent(rows.getObject("id", UUID.class), _ -> new ArrayList<>())
                                .add(
                                        new FlagView(
                                                FlagReason.valueOf(rows.getString("reason")),
                                                rows.getString("note"),
                                                rows.getInt("revision"),
                                                Objects.requireNonNull(Pipeline.instant(rows, "created_at"))));
                    }
                    return reports;
                },
                comments.toArray(UUID[]::new),
                tenant,
                limit);
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
