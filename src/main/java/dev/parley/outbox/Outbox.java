package dev.parley.outbox;

import dev.parley.platform.Ids;
import dev.parley.platform.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;

/** Where the deciding transaction leaves what must go out. */
@ApplicationScoped
public class Outbox {

    private final OutboxEventRepository repository;
    private final Json json;
    private final Clock clock;

    Outbox(OutboxEventRepository repository, Json json, Clock clock) {
        this.repository = repository;
        this.json = json;
        this.clock = clock;
    }

    /** Writes an event in the caller's transaction; fails without one. The tenant is the caller's. */
    @Transactional(TxType.MANDATORY)
    public void add(String tenant, Departure event) {
        repository.persist(
                new OutboxEvent(Ids.next(), tenant, event, json.write(event), clock.instant()));
    }
}
