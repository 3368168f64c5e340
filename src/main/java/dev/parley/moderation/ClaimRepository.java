package dev.parley.moderation;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Leases. Each change is one statement that says under which conditions it holds. */
@ApplicationScoped
class ClaimRepository implements PanacheRepositoryBase<QueueClaim, UUID> {

    /** Those that have not lapsed. */
    List<QueueClaim> living(Collection<UUID> comments, Instant now) {
        return comments.isEmpty() ? List.of() : list("commentId in ?1 and expiresAt > ?2", comments, now);
    }

    /** A member's own. */
    List<QueueClaim> livingOf(UUID member, Instant now) {
        return list("memberId = ?1 and expiresAt > ?2 order by expiresAt, commentId", member, now);
    }

    /**
     * Takes an item that is free, lapsed or the member's already; somebody else's only if told so.
     *
     * @return false if a colleague has it
     */
    boolean take(String tenant, UUID comment, UUID id, UUID member, Instant now, Instant until, boolean over) {
        return getEntityManager()
                        .createNativeQuery(
                                "insert into queue_claim as k (tenant_id, comment_id, id, member_id, expires_at)"
                                        + " values (:tenant, :comment, :id, :member, :until)"
                                        + " on conflict (tenant_id, comment_id) do update set"
                                        + " id = case when k.member_id = excluded.member_id and k.expires_at > :now"
                                        + " then k.id else excluded.id end,"
                                        + " member_id = excluded.member_id, expires_at = excluded.expires_at"
                                        + " where k.expires_at <= :now or k.member_id = excluded.member_id or :over")
                        .setParameter("tenant", tenant)
                        .setParameter("comment", comment)
                        .setParameter("id", id)
                        .setParameter("member", member)
                        .setParameter("until", until)
                        .setParameter("now", now)
                        .setParameter("over", over)
                        .executeUpdate()
                == 1;
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

    Optional<QueueClaim> byId(UUID id) {
        return find("id", id).firstResultOptional();
    }
}
