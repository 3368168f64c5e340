package dev.parley.intake;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs that score again, what they still have to do, and what they could not do. */
@ApplicationScoped
class RescoringRepository implements PanacheRepositoryBase<Rescoring, UUID> {

    /** A comment that can't be scored while others can is given up after as many tries, until the models change. */
    static final int ATTEMPTS = 5;

    private static final String WAITING =
            " from comment c join revision r"
                    + " on r.tenant_id = c.tenant_id and r.comment_id = c.id and r.number = c.revision"
                    + " where c.tenant_id = :tenant and c.status <> 'WITHDRAWN' and r.body <> ''"
                    + " and not exists (select 1 from rescoring_failure f"
                    + "  where f.tenant_id = c.tenant_id and f.comment_id = c.id and f.revision = c.revision"
                    + "  and f.models = :models and f.attempts >= "
                    + ATTEMPTS
                    + ")";

    private static final String OF_OTHER_MODELS = " and (r.models is null or r.models <> :models)";

    private final EntityManager entityManager;

    RescoringRepository(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    Optional<Rescoring> running() {
        return find("state", RescoringState.RUNNING).firstResultOptional();
    }

    List<Rescoring> newest(int limit) {
        return find("order by id desc").page(0, limit).list();
    }

    /** The running job, locked, if no other process works on it. */
    Optional<Rescoring> claim(UUID worker, Instant now) {
        return entityManager
                .createQuery(
                        "from Rescoring j where j.state = :running"
                                + " and (j.worker is null or j.worker = :worker or j.leasedUntil < :now)",
                        Rescoring.class)
                .setParameter("running", RescoringState.RUNNING)
                .setParameter("worker", worker)
                .setParameter("now", now)
                .setLockMode(jakarta.persistence.LockModeType.PESSIMISTIC_WRITE)
                .setHint("jakarta.persistence.lock.timeout", -2) // skip locked
                .getResultStream()
                .findFirst();
    }

    /**
     * Notes in the transaction that deals with a comment that it was dealt with.
     *
     * @return false if the job was cancelled or is somebody else's by now: then nothing may be done
     */
    boolean advance(String tenant, UUID job, UUID worker, UUID comment, boolean failed, Instant leasedUntil) {
        return entityManager
                        .createNativeQuery(
                                "update rescoring set last_comment = :comment, done = done + :done,"
                                        + " failed = failed + :failed, leased_until = :until"
                                        + " where tenant_id = :tenant and id = :job and state = 'RUNNING'"
                                        + " and worker = :worker"
                                        + " and (last_comment is null or last_comment < :comment)")
                        .setParameter("comment", comment)
                        .setParameter("done", failed ? 0 : 1)
                        .setParameter("failed", failed ? 1 : 0)
                        .setParameter("until", leasedUntil)
                        .setParameter("tenant", tenant)
                        .setParameter("job", job)
                        .setParameter("worker", worker)
                        .executeUpdate()
                == 1;
    }

    /** The next comments of a scope after one, by id. */
    List<UUID> waiting(String tenant, RescoringScope scope, String models, @Nullable UUID after, int limit) {
        var query =
                entityManager.createNativeQuery(
                        "select c.id"
                                + WAITING
                                + of(scope)
                                + (after == null ? "" : " and c.id > :after")
                                + " order by c.id limit :limit");
        if (after != null) {
            query.setParameter("after", after);
        }
        List<?> ids = in(query, tenant, models).setParameter("limit", limit).getResultList();
        return ids.stream().map(UUID.class::cast).toList();
    }

    /** How many comments of a scope are to be scored. */
    int count(String tenant, RescoringScope scope, String models) {
        var query = entityManager.createNativeQuery("select count(*)" + WAITING + of(scope));
        return ((Number) in(query, tenant, models).getSingleResult()).intValue();
    }

    /** Counts a failed try of a comment and says the how manieth it was. */
    int fail(String tenant, Rescoring job, UUID comment, int revision, int weight, String error, Instant now) {
        return ((Number)
                        entityManager
                                .createNativeQuery(
                                        "insert into rescoring_failure as f (tenant_id, comment_id, revision,"
                                                + " rescoring_id, models, attempts, last_error, failed_at)"
                                                + " values (:tenant, :comment, :revision, :job, :models, :weight,"
                                                + " :error, :now)"
                                                + " on conflict (tenant_id, comment_id) do update set"
                                                + " attempts = excluded.attempts + case when f.revision ="
                                                + " excluded.revision and f.models = excluded.models"
                                                + " and f.attempts < :most then f.attempts else 0 end,"
                                                + " revision = excluded.revision, models = excluded.models,"
                                                + " rescoring_id = excluded.rescoring_id,"
                                                + " last_error = excluded.last_error, failed_at = excluded.failed_at"
                                                + " returning attempts")
                                .setParameter("tenant", tenant)
                                .setParameter("comment", comment)
                                .setParameter("revision", revision)
                                .setParameter("job", job.id)
                                .setParameter("models", job.models)
                                .setParameter("weight", weight)
                                .setParameter("error", error)
                                .setParameter("now", now)
                                .setParameter("most", ATTEMPTS)
                                .getSingleResult())
                .intValue();
    }

    /** Forgets what failed, so that it is tried again. */
    void forgive(String tenant) {
        entityManager
                .createNativeQuery("delete from rescoring_failure where tenant_id = :tenant")
                .setParameter("tenant", tenant)
                .executeUpdate();
    }

    /** Forgets that a comment failed: now it did not. */
    void forgive(String tenant, UUID comment) {
        entityManager
                .createNativeQuery("delete from rescoring_failure where tenant_id = :tenant and comment_id = :comment")
                .setParameter("tenant", tenant)
                .setParameter("comment", comment)
                .executeUpdate();
    }

    /** Comments that a job gave up, at most 50. */
    List<UUID> failures(String tenant, UUID job) {
        List<?> ids =
                entityManager
                        .createNativeQuery(
                                "select comment_id from rescoring_failure where tenant_id = :tenant"
                                        + " and rescoring_id = :job and attempts >= :most order by comment_id limit 50")
                        .setParameter("tenant", tenant)
                        .setParameter("job", job)
                        .setParameter("most", ATTEMPTS)
                        .getResultList();
        return ids.stream().map(UUID.class::cast).toList();
    }

    private static String of(RescoringScope scope) {
        return switch (scope) {
            case UNSCORED -> " and r.scores = cast('null' as jsonb)";
            case PENDING -> " and c.status = 'HELD'" + OF_OTHER_MODELS;
            case ALL -> OF_OTHER_MODELS;
        };
    }

    private static Query in(Query query, String tenant, String models) {
        return query.setParameter("tenant", tenant).setParameter("models", models);
    }
}
