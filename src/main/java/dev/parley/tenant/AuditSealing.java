package dev.parley.tenant;

import dev.parley.audit.AuditChain;
import dev.parley.audit.AuditChain.Look;
import dev.parley.audit.AuditTrail;
import dev.parley.platform.Repeats;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Seals new audit entries of all tenants. It stands here since the trail itself knows no tenants to walk. */
@ApplicationScoped
class AuditSealing {

    private final Rounds rounds;
    private final Tenants tenants;
    private final AuditTrail trail;
    private final AuditChain chain;
    private boolean started;

    AuditSealing(Rounds rounds, Tenants tenants, AuditTrail trail, AuditChain chain) {
        this.rounds = rounds;
        this.tenants = tenants;
        this.trail = trail;
        this.chain = chain;
    }

    void begin(@Observes StartupEvent start, Repeats repeats) {
        repeats.every(Duration.ofSeconds(1), this::sealWhatIsNew);
        repeats.every(Duration.ofSeconds(60), this::sweep);
    }

    void sealWhatIsNew() {
        rounds.each("Sealing", trail.takeHints(), tenant -> seal(tenant, Look.NEAR));
    }

    /** Finds what no hint told of. The first sweep, at start, looks at closed tenants and everywhere. */
    void sweep() {
        if (started) {
            rounds.each("Sealing", tenants.activeIds(), tenant -> seal(tenant, Look.BACK));
        } else {
            var all = tenants.all().stream().map(TenantView::id).toList();
            rounds.each("Sealing", all, tenant -> seal(tenant, Look.EVERYWHERE));
            started = true;
        }
    }

    private void seal(String tenant, Look look) {
        while (chain.seal(tenant, look) == AuditChain.BATCH) {
            // The next batch.
        }
    }
}
