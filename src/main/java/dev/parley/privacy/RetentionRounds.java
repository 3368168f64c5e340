package dev.parley.privacy;

import dev.parley.platform.Repeats;
import dev.parley.privacy.Retention.Rule;
import dev.parley.tenant.Rounds;
import dev.parley.tenant.TenantView;
import dev.parley.tenant.Tenants;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Applies the rules of retention to all tenants, suspended and closed ones too, every hour. */
@ApplicationScoped
class RetentionRounds {

    private static final Logger LOG = Logger.getLogger(RetentionRounds.class);

    private final Rounds rounds;
    private final Tenants tenants;
    private final Retention retention;
    private final RejectedTexts rejected;

    RetentionRounds(Rounds rounds, Tenants tenants, Retention retention, RejectedTexts rejected) {
        this.rejected = rejected;
        this.rounds = rounds;
        this.tenants = tenants;
        this.retention = retention;
    }

    void begin(@Observes StartupEvent start, Repeats repeats) {
        repeats.every(Duration.ofHours(1), this::forget);
    }

    void forget() {
        var all = tenants.all().stream().map(TenantView::id).toList();
        for (var rule : Retention.RULES) {
            rounds.each("Forgetting " + rule.what(), all, tenant -> forget(tenant, rule));
        }
        rounds.each("Erasing rejected texts", all, this::eraseRejected);
    }

    private void eraseRejected(String tenant) {
        int all = 0;
        for (int batch = rejected.erase(); batch > 0; batch = rejected.erase()) {
            all += batch;
        }
        if (all > 0) {
            LOG.infof("Erased the texts of %d rejected comments of tenant %s", all, tenant);
        }
    }

    private void forget(String tenant, Rule rule) {
        int all = 0;
        for (int batch = retention.forget(rule); batch > 0; batch = retention.forget(rule)) {
            all += batch;
        }
        if (all > 0) {
            LOG.infof("Forgot %d %s of tenant %s", all, rule.what(), tenant);
        }
    }
}
