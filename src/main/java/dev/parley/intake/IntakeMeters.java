package dev.parley.intake;

import dev.parley.policy.Reason;
import dev.parley.tenant.TenantLabels;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.IntSupplier;

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

    /** Shows how much of what readers sent is being worked on. */
    void watch(IntSupplier inWork) {
        Gauge.builder("parley.submissions.in.work", inWork, IntSupplier::getAsInt)
                .description("What readers sent and is being worked on")
                .strongReference(true)
                .register(registry);
        refused(TenantLabels.OTHER); // so that it is there, at 0, before anything is refused
    }

    /** Counts what was sent away because too much was being worked on. */
    void countRefused(String tenant) {
        refused(labels.of(tenant)).increment();
    }

    private Counter refused(String label) {
        return Counter.builder("parley.submissions.refused")
                .description("What readers sent and was sent away because too much was being worked on")
                .tag(TenantLabels.TENANT, label)
                .register(registry);
    }
}
