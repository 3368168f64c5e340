package dev.parley.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Lets transactions that count first and then add to what they counted do so one after another. */
@ApplicationScoped
public class Turns {

    private final EntityManager entityManager;

    Turns(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /**
     * Waits for whoever has the turn, and keeps it until this transaction ends. What is read from here on shows what
     * those before have made; what was read earlier may not.
     *
     * @param tenant whose things are counted
     * @param what which of them; different words never wait for each other but by chance
     */
    @Transactional(TxType.MANDATORY)
    public void await(String tenant, String what) {
        entityManager
                .createNativeQuery(
                        "select 1 from (select pg_advisory_xact_lock("
                                + "hashtextextended(cast(:tenant as text) || ' ' || cast(:what as text), 0))) locked")
                .setParameter("tenant", tenant)
                .setParameter("what", what)
                .getSingleResult();
    }
}
