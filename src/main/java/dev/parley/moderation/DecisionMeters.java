package dev.parley.moderation;

import dev.parley.tenant.TenantLabels;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Moderators' decisions as metrics. Says nothing of who decided. */
@ApplicationScoped
class DecisionMeters {

    private static final Duration[] BUCKETS = {
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(4),
        Duration.ofHours(12),
        Duration.ofDays(1),
        Duration.ofDays(3)
    };

    private final TenantLabels labels;
    private final MeterRegistry registry;

    DecisionMeters(TenantLabels labels, MeterRegistry registry) {
        this.labels = labels;
        this.registry = registry;
    }

    /** Counts a decision, and how long the comment had waited for it if it did. */
    void count(String tenant, MadeDecision decision) {
        var label = labels.of(tenant);
        Counter.builder("parley.decisions")
                .description("Decisions of moderators")
                .tag(TenantLabels.TENANT, label)
                .tag("action", decision.action.name())
                .register(registry)
                .increment();
        if (decision.enteredAt != null && decision.action != DecisionAction.ESCALATE) {
            Timer.builder("parley.decision.wait")
                    .description("How long comments waited in the queue until somebody decided")
                    .tag(TenantLabels.TENANT, label)
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry)
                    .record(Duration.between(decision.enteredAt, decision.decidedAt));
        }
    }
}
