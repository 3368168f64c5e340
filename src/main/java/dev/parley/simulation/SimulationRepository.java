package dev.parley.simulation;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class SimulationRepository implements PanacheRepositoryBase<Simulation, UUID> {

    private final EntityManager entityManager;

    SimulationRepository(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** Those whose process told nothing for too long have failed. */
    void endLost(String tenant, Instant now) {
        entityManager
                .createNativeQuery(
                        "update simulation set state = 'FAILED', finished_at = :now, leased_until = null"
                                + " where tenant_id = :tenant and state = 'RUNNING' and leased_until < :now")
                .setParameter("tenant", tenant)
                .setParameter("now", now)
                .executeUpdate();
    }

    Optional<Simulation> running() {
        return find("state", SimulationState.RUNNING).firstResultOptional();
    }

    List<Simulation> newestFirst(int limit) {
        return find("order by id desc").page(0, limit).list();
    }

    Optional<Simulation> locked(UUID id) {
        return find("id", id).withLock(LockModeType.PESSIMISTIC_WRITE).firstResultOptional();
    }

    /**
     * Notes progress.
     *
     * @return false if it was cancelled or given up
     */
    boolean advance(String tenant, UUID id, int done, Instant leasedUntil) {
        return entityManager
                        .createNativeQuery(
                                "update simulation set done = :done, leased_until = :until"
                                        + " where tenant_id = :tenant and id = :id and state = 'RUNNING'")
                        .setParameter("done", done)
                        .setParameter("until", leasedUntil)
                        .setParameter("tenant", tenant)
                        .setParameter("id", id)
                        .executeUpdate()
                == 1;
    }
}
