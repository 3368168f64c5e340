package dev.parley.tenant;

import dev.parley.outbox.Outbox;
import dev.parley.outbox.Relay;
import dev.parley.outbox.Relay.Again;
import dev.parley.platform.Repeats;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Relays the events of all tenants. It stands here since the outbox itself knows no tenants to walk. */
@ApplicationScoped
class OutboxRelaying {

    private static final String NAME = "Relaying";

    private final Rounds rounds;
    private final Tenants tenants;
    private final Outbox outbox;
    private final Relay relay;

    OutboxRelaying(Rounds rounds, Tenants tenants, Outbox outbox, Relay relay) {
        this.rounds = rounds;
        this.tenants = tenants;
        this.outbox = outbox;
        this.relay = relay;
    }

    void begin(@Observes StartupEvent start, Repeats repeats) {
        repeats.every(Duration.ofSeconds(1), this::relayWhatIsNew);
        repeats.every(Duration.ofSeconds(60), this::sweep);
        repeats.every(Duration.ofHours(1), this::purge);
    }

    void relayWhatIsNew() {
        rounds.each(NAME, outbox.takeHints(), this::deliver);
    }

    /** Finds what no hint told of, and what is to be tried again. */
    void sweep() {
        rounds.each(NAME, tenants.activeIds(), this::deliver);
    }

    void purge() {
        var all = tenants.all().stream().map(TenantView::id).toList();
        rounds.each(
                "Purging the outbox",
                all,
                _ -> {
                    while (relay.purge() > 0) {
                        // The next batch.
                    }
                });
    }

    private void deliver(String tenant) {
        Again again;
        do {
            again = relay.deliver(tenant);
        } while (again == Again.AT_ONCE);
        if (again == Again.NEXT_ROUND) {
            outbox.hint(tenant);
        }
    }
}
