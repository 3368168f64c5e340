package dev.parley.outbox;

import dev.parley.platform.AfterCommit;
import dev.parley.platform.Hints;
import dev.parley.platform.Ids;
import dev.parley.platform.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.Set;

/** Where the deciding transaction leaves what must go out. */
@ApplicationScoped
public class Outbox {

    private final OutboxEventRepository repository;
    private final Json json;
    private final AfterCommit afterCommit;
    private final Clock clock;

    private final Hints waiting = new Hints();

    Outbox(OutboxEventRepository repository, Json json, AfterCommit afterCommit, Clock clock) {
        this.repository = repository;
        this.json = json;
        this.afterCommit = afterCommit;
        this.clock = clock;
    }

    /** Writes an event in the caller's transaction; fails without one. The tenant is the caller's. */
    @Transactional(TxType.MANDATORY)
    public void add(String tenant, Departure event) {
        repository.persist(new OutboxEvent(Ids.next(), tenant, event, json.write(event), clock.instant()));
        afterCommit.run(waiting, () -> waiting.add(tenant));
    }

    /** The tenants that got events in this process since the last call; some may be missing after a crash. */
    public Set<String> takeHints() {
        return waiting.take();
    }
}
