package dev.parley.moderation;

import dev.parley.platform.Ids;
import dev.parley.platform.Pipeline;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Leases. Each change is one statement that says under which conditions it holds. */
@ApplicationScoped
class ClaimRepository implements PanacheRepositoryBase<QueueClaim, UUID> {

    private final Pipeline pipeline;

    ClaimRepository(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * A claim as it stands.
     *
     * @param name of the member; null for one who left
     */
    record Lease(UUID id, UUID comment, UUID member, @Nullable String name, Instant expiresAt) {}

    /** Asks for those that have not lapsed. */
    Pipeline.Answer<List<Lease>> askLiving(String tenant, Collection<UUID> comments, Instant now) {
        return ask("k.comment_id = any (?) and k.expires_at > ?", tenant, comments.toArray(UUID[]::new), now);
    }

    /** A member's own. */
    List<Lease> livingOf(String tenant, UUID member, Instant now) {
        return ask("k.member_id = ? and k.expires_at > ? order by k.expires_at, k.comment_id", tenant, member, now)
                .get();
    }

    /**
     * Takes items that are free, lapsed or the member's already; somebody else's only if told so. Each item once.
     *
     * @return those that were taken; the others a colleague has
     */
    Set<UUID> take(String tenant, Collection<UUID> comments, UUID member, Instant now, Instant until, boolean over) {
        if (comments.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(
                pipeline.ask(
                                "insert into queue_claim as k (tenant_id, comment_id, id, member_id, expires_at)"
                                        + " select ?, these.comment, these.id, ?, ?"
                                        + " from unnest(cast(? as uuid[]), cast(? as uuid[])) these (comment, id)"
                                        + " on conflict (tenant_id, comment_id) do update set"
                                        + " id = case when k.member_id = excluded.member_id and k.expires_at > ?"
                                        + " then k.id else excluded.id end,"
                                        + " member_id = excluded.member_id, expires_at = excluded.expires_at"
                                        + " where k.expires_at <= ? or k.member_id = excluded.member_id or ?"
                                        + " returning k.comment_id",
                                Pipeline.listing(row -> row.getObject("comment_id", UUID.class)),
                                tenant,
                                member,
                                until,
                                comments.toArray(UUID[]::new),
                                Stream.generate(Ids::random).limit(comments.size()).toArray(UUID[]::new),
                                now,
                                now,
                                over)
                        .get());
    }

    /** Prolongs a claim that is the member's and that nobody took since; a lapsed one too. */
    boolean renew(String tenant, UUID id, UUID member, Instant until) {
        return getEntityManager()
                        .createNativeQuery(
                                "update queue_claim set expires_at = :until"
                                        + " where tenant_id = :tenant and id = :id and member_id = :member")
                        .setParameter("until", until)
                        .setParameter("tenant", tenant)
                        .setParameter("id", id)
                        .setParameter("member", member)
                        .executeUpdate()
                == 1;
    }

    /** The item that a member's claim is on. */
    Optional<UUID> itemOf(UUID id, UUID member) {
        return getEntityManager()
                .createQuery(
                        "select k.commentId from QueueClaim k where k.id = :id and k.memberId = :member", UUID.class)
                .setParameter("id", id)
                .setParameter("member", member)
                .getResultStream()
                .findFirst();
    }

    Optional<Lease> byId(String tenant, UUID id) {
        return ask("k.id = ?", tenant, id).get().stream().findFirst();
    }

    /**
     * @param values tenant first
     */
    private Pipeline.Answer<List<Lease>> ask(String condition, Object... values) {
        return pipeline.ask(
                "select k.id, k.comment_id, k.member_id, m.name, k.expires_at from queue_claim k"
                        + " left join member m on m.tenant_id = k.tenant_id and m.id = k.member_id"
                        + " where k.tenant_id = ? and "
                        + condition,
                Pipeline.listing(row ->
                        new Lease(
                                row.getObject("id", UUID.class),
                                row.getObject("comment_id", UUID.class),
                                row.getObject("member_id", UUID.class),
                                row.getString("name"),
                                Objects.requireNonNull(Pipeline.instant(row, "expires_at")))),
                values);
    }
}
