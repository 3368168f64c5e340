package dev.parley.training;

import dev.parley.audit.Act;
import dev.parley.platform.Repeats;
import dev.parley.scoring.OwnModels;
import dev.parley.tenant.Rounds;
import dev.parley.tenant.Tenants;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Teaches anew what is in force and stands on shipped models of a former release. */
@ApplicationScoped
class OwnTrainingRounds {

    private final Rounds rounds;
    private final Tenants tenants;
    private final OwnModels models;
    private final OwnTrainings trainings;

    OwnTrainingRounds(Rounds rounds, Tenants tenants, OwnModels models, OwnTrainings trainings) {
        this.rounds = rounds;
        this.tenants = tenants;
        this.models = models;
        this.trainings = trainings;
    }

    void begin(@Observes StartupEvent start, Repeats repeats) {
        repeats.every(Duration.ofMinutes(15), Duration.ofMinutes(1), this::go);
    }

    /**
     * While a release is rolled out, replicas of both teach on their own models; the last one is the newer's, within
     * the time between two rounds.
     */
    void go() {
        rounds.each(
                "Teaching outdated models anew",
                tenants.activeIds(),
                _ -> {
                    if (models.isAnyOutdated()) {
                        trainings.start(Act.By.SYSTEM);
                    }
                });
    }
}
