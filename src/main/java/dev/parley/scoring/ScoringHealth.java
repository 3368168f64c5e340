package dev.parley.scoring;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Shows how scoring does. Up as soon as the models were loaded and warmed, or could not be: without scores comments are
 * still taken, and held.
 */
@Readiness
@Startup
@ApplicationScoped
class ScoringHealth implements HealthCheck {

    private final GuardedScorers scorers;
    private volatile boolean warmed;

    ScoringHealth(GuardedScorers scorers) {
        this.scorers = scorers;
    }

    /** {@link Scorers} warm up before others hear of the start. */
    void begin(@Observes StartupEvent start) {
        warmed = true;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Scoring")
                .status(warmed)
                .withData("breaker", scorers.breaker())
                .withData("lateThreads", scorers.lateThreads())
                .build();
    }
}
