package dev.parley.training;

import dev.parley.audit.Act;
import dev.parley.scoring.OwnModels;
import dev.parley.tenant.Rounds;
import dev.parley.tenant.Tenants;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;

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

    /**
     * While a release is rolled out, replicas of both teach on their own models; the last one is the newer's, within
     * the time between two rounds.
     */
    @Scheduled(every = "15m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
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
