package dev.parley.identity;

import dev.parley.tenant.Rounds;
import dev.parley.tenant.Tenants;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;

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

    @Scheduled(every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void close() {
        rounds.each("Closing", tenants.due(), _ -> administration.closeIfDue());
    }
}
