package dev.parley.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Lets transactions that count first and then add to what they counted do so one after another. */
@ApplicationScoped
public class Turns {

    private final Pipeline pipeline;

    Turns(Pipeline pipeline) {
        this.pipeline = pipeline;
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
        join(tenant, what);
        pipeline.flush();
    }

    /** As {@link #await}, on the way of what the pipeline is asked next: only what it reads can count on the turn. */
    @Transactional(TxType.MANDATORY)
    public void join(String tenant, String what) {
        pipeline.ask(
                "select pg_advisory_xact_lock(hashtextextended(concat(cast(? as text), ' ', cast(? as text)), 0))",
                _ -> true,
                tenant,
                what);
    }
}
