package dev.parley.tenant;

import dev.parley.outbox.Outbox;
import dev.parley.outbox.Relay;
import dev.parley.platform.Repeats;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;

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
        relay(outbox.takeHints());
    }

    /** Finds what no hint told of, and what is to be tried again. */
    void sweep() {
        relay(tenants.activeIds());
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

    /** A batch of each tenant in turn, so that nobody waits for the end of another one's backlog. */
    private void relay(Collection<String> some) {
        var next = new LinkedHashSet<>(some);
        var later = new HashSet<String>();
        while (!next.isEmpty()) {
            var now = List.copyOf(next);
            next.clear();
            rounds.each(
                    NAME,
                    now,
                    tenant -> {
                        switch (relay.deliver(tenant)) {
                            case AT_ONCE -> next.add(tenant);
                            case NEXT_ROUND -> later.add(tenant);
                            case NO -> {}
                        }
                    });
            if (!next.isEmpty()) {
                next.addAll(outbox.takeHints());
            }
        }
        later.forEach(outbox::hint);
    }
}
