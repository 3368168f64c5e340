package dev.parley.outbox;

import dev.parley.platform.AfterCommit;
import dev.parley.platform.Hints;
import dev.parley.platform.Ids;
import dev.parley.platform.Json;
import dev.parley.platform.Pipeline;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.Set;

/** Where the deciding transaction leaves what must go out. */
@ApplicationScoped
public class Outbox {

    private final Pipeline pipeline;
    private final Json json;
    private final AfterCommit afterCommit;
    private final Clock clock;

    private final Hints waiting = new Hints();

    Outbox(Pipeline pipeline, Json json, AfterCommit afterCommit, Clock clock) {
        this.pipeline = pipeline;
        this.json = json;
        this.afterCommit = afterCommit;
        this.clock = clock;
    }

    /** Writes an event in the caller's transaction; fails without one. The tenant is the caller's. */
    @Transactional(TxType.MANDATORY)
    public void add(String tenant, Departure event) {
        pipeline.send(
                "insert into outbox_event (tenant_id, id, type, subject_id, version, payload, created_at)"
                        + " values (?, ?, ?, ?, ?, cast(? as jsonb), ?)",
                tenant,
                Ids.next(),
                event.getClass().getSimpleName(),
                event.subject(),
                event.version(),
                json.write(event),
                clock.instant());
        afterCommit.run(waiting, () -> hint(tenant));
    }

    /** Has a tenant be looked at in the next round. */
    public void hint(String tenant) {
        waiting.add(tenant);
    }

    /** The tenants that are to be looked at since the last call; some may be missing after a crash. */
    public Set<String> takeHints() {
        return waiting.take();
    }
}
