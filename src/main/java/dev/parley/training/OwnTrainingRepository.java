package dev.parley.training;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class OwnTrainingRepository implements PanacheRepositoryBase<OwnTraining, UUID> {

    private final EntityManager entityManager;

    OwnTrainingRepository(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** Those whose process told nothing for too long have failed. */
    void endLost(String tenant, Instant now) {
        entityManager
                .createNativeQuery(
                        "update own_training set state = 'FAILED', finished_at = :now, leased_until = null"
                                + " where tenant_id = :tenant and state = 'RUNNING' and leased_until < :now")
                .setParameter("tenant", tenant)
                .setParameter("now", now)
                .executeUpdate();
    }

    /** Tells that its process is alive. */
    void renew(String tenant, UUID id, Instant leasedUntil) {
        entityManager
                .createNativeQuery(
                        "update own_training set leased_until = :until"
                                + " where tenant_id = :tenant and id = :id and state = 'RUNNING'")
                .setParameter("until", leasedUntil)
                .setParameter("tenant", tenant)
                .setParameter("id", id)
                .executeUpdate();
    }

    Optional<OwnTraining> running() {
        return find("state", OwnTrainingState.RUNNING).firstResultOptional();
    }

    List<OwnTraining> newestFirst(int limit) {
        return find("order by id desc").page(0, limit).list();
    }

    Optional<OwnTraining> locked(UUID id) {
        return find("id", id).withLock(LockModeType.PESSIMISTIC_WRITE).firstResultOptional();
    }
}
