package dev.parley.intake;

import dev.parley.policy.Reason;
import dev.parley.tenant.TenantLabels;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** New comments as metrics: how many, what became of them at once, and why. */
@ApplicationScoped
class IntakeMeters {

    private final TenantLabels labels;
    private final MeterRegistry registry;

    IntakeMeters(TenantLabels labels, MeterRegistry registry) {
        this.labels = labels;
        this.registry = registry;
    }

    /** Counts a comment that was stored, once with its outcome and once with each of its reasons. */
    void count(String tenant, Verdict verdict) {
        var label = labels.of(tenant);
        var outcome = verdict.status().name();
        Counter.builder("parley.comments")
                .description("New comments by what became of them at once")
                .tag(TenantLabels.TENANT, label)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
        verdict.reasons().stream()
                .map(Reason::code)
                .distinct()
                .forEach(code ->
                        Counter.builder("parley.comment.reasons")
                                .description("Reasons for which new comments were held or rejected")
                                .tag(TenantLabels.TENANT, label)
                                .tag("outcome", outcome)
                                .tag("reason", code.name())
                                .register(registry)
                                .increment());
    }
}
