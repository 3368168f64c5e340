package dev.parley.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Shows how scoring does. Always up: without scores comments are still taken, and held. */
@Readiness
@ApplicationScoped
class ScoringHealth implements HealthCheck {

    private final GuardedScorers scorers;

    ScoringHealth(GuardedScorers scorers) {
        this.scorers = scorers;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Scoring")
                .up()
                .withData("breaker", scorers.breaker())
                .withData("lateThreads", scorers.lateThreads())
                .build();
    }
}
