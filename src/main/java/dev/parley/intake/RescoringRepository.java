package dev.parley.intake;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs that score again, what they still have to do, and what they could not do. */
@ApplicationScoped
class RescoringRepository implements PanacheRepositoryBase<Rescoring, UUID> {

    /** A comment that can't be scored while others can is given up after as many tries, until the models change. */
    static final int ATTEMPTS = 5;

    /** What is counted at most of that which is not looked at one by one. */
    private static final int MOST_COUNTED = 1_000_000;

    /** Of one comment; whatever the statistics say, it is looked up by its key. */
    private static final String IS_WAITING =
            "select 1 from comment c join revision r"
                    + " on r.tenant_id = c.tenant_id and r.comment_id = c.id and r.number = c.revision"
                    + " where c.tenant_id = :tenant and c.id = s.id and c.status <> 'WITHDRAWN' and r.body <> ''"
                    + " and not exists (select 1 from rescoring_failure f"
                    + "  where f.tenant_id = c.tenant_id and f.comment_id = c.id and f.revision = c.revision"
                    + "  and f.models = :models and f.attempts >= "
                    + ATTEMPTS
                    + ")";

    private static final String OF_OTHER_MODELS = " and (r.models is null or r.models <> :models)";

    /**
     * What was found among some comments that follow each other by id.
     *
     * @param waiting those that are to be scored, by id, at most as many as were asked for
     * @param last of the comments among which they were looked for; null if none come after these
     */
    record Stretch(List<UUID> waiting, @Nullable UUID last) {}

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

    /**
     * The next comments of a scope. However many there are, so many are looked at: it takes as long among a million
     * that need no score as among a few.
     *
     * @param after the comment behind which to begin; null for the first
     * @param most how many are looked at
     * @param limit how many are told
     */
    Stretch stretch(String tenant, RescoringScope scope, String models, @Nullable UUID after, int most, int limit) {
        // The sizes stand in the text, where a plan that is made for all values sees them.
        var query =
                entityManager.createNativeQuery(
                        "with stretch as materialized ("
                                + candidates(scope, after)
                                + " order by 1 limit "
                                + most
                                + "), found as (select s.id from stretch s cross join lateral ("
                                + IS_WAITING
                                + of(scope)
                                + " limit 1) c order by s.id limit "
                                + limit
                                + ") select id, false from found"
                                + " union all (select id, true from stretch order by id offset "
                                + (most - 1)
                                + ") order by 2, 1",
                        Object[].class);
        query.setParameter("models", models);
        List<UUID> waiting = new ArrayList<>();
        UUID last = null;
        for (var row : from(query, tenant, after).getResultList()) {
            var found = (Object[]) row;
            if ((Boolean) found[1]) {
                last = (UUID) found[0];
            } else {
                waiting.add((UUID) found[0]);
            }
        }
        return new Stretch(waiting, last);
    }

    /**
     * How many comments of a scope are to be scored, if so many or fewer are to be looked at; of those after that all
     * are counted, be it that they need no score, up to a million.
     */
    int count(String tenant, RescoringScope scope, String models, int most) {
        var counted = stretch(tenant, scope, models, null, most, most);
        if (counted.last() == null) {
            return counted.waiting().size();
        }
        var query =
                entityManager.createNativeQuery(
                        "select count(*) from ("
                                + candidates(scope, counted.last())
                                + " limit "
                                + MOST_COUNTED
                                + ") c");
        return counted.waiting().size() + ((Number) from(query, tenant, counted.last()).getSingleResult()).intValue();
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

    /** Among which a scope's comments are, by an index that has them in the order of their ids. */
    private static String candidates(RescoringScope scope, @Nullable UUID after) {
        return switch (scope) {
            case UNSCORED ->
                    "select distinct comment_id as id from revision where tenant_id = :tenant"
                            + " and scores = cast('null' as jsonb) and body <> ''"
                            + (after == null ? "" : " and comment_id > :after");
            case PENDING ->
                    "select comment_id as id from queue_item where tenant_id = :tenant"
                            + (after == null ? "" : " and comment_id > :after");
            case ALL -> "select id from comment where tenant_id = :tenant" + (after == null ? "" : " and id > :after");
        };
    }

    private static String of(RescoringScope scope) {
        return switch (scope) {
            case UNSCORED -> " and r.scores = cast('null' as jsonb)";
            case PENDING -> " and c.status = 'HELD'" + OF_OTHER_MODELS;
            case ALL -> OF_OTHER_MODELS;
        };
    }

    private static Query from(Query query, String tenant, @Nullable UUID after) {
        if (after != null) {
            query.setParameter("after", after);
        }
        return query.setParameter("tenant", tenant);
    }
}
