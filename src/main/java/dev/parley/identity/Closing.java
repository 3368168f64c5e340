package dev.parley.identity;

import dev.parley.platform.Repeats;
import dev.parley.tenant.Rounds;
import dev.parley.tenant.Tenants;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Destroys the keys of tenants that were closed and not taken back in time. */
@ApplicationScoped
class Closing {

    private final Rounds rounds;
    private final Tenants tenants;
    private final TenantAdministration administration;

    Closing(Rounds rounds, Tenants tenants, TenantAdministration administration) {
        this.rounds = rounds;
        this.tenants = tenants;
        this.administration = administration;
    }

    void begin(@Observes StartupEvent start, Repeats repeats) {
        repeats.every(Duration.ofMinutes(1), this::close);
    }

    void close() {
        rounds.each("Closing", tenants.due(), _ -> administration.closeIfDue());
    }
}
