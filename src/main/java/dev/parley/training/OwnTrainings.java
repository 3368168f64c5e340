package dev.parley.training;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.platform.AfterCommit;
import dev.parley.platform.Conflict;
import dev.parley.platform.Ids;
import dev.parley.platform.Json;
import dev.parley.platform.NotFound;
import dev.parley.scoring.NewOwnModel;
import dev.parley.scoring.OwnModels;
import dev.parley.tenant.TenantContext;
import dev.parley.training.OwnTrainingView.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** The one door to trainings: asked for and watched here; {@link OwnTrainingWork} does them. */
@ApplicationScoped
class OwnTrainings {

    private static final TypeReference<List<Outcome>> OUTCOMES = new TypeReference<>() {};
    private static final int NEWEST = 20;

    /** One that tells of no progress for so long was killed: more than one model takes. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final OwnTrainingRepository repository;
    private final OwnTrainingWork work;
    private final OwnModels models;
    private final AuditTrail trail;
    private final AfterCommit afterCommit;
    private final Json json;
    private final TenantContext context;
    private final Clock clock;
    private final MeterRegistry registry;

    OwnTrainings(
            OwnTrainingRepository repository,
            OwnTrainingWork work,
            OwnModels models,
            AuditTrail trail,
            AfterCommit afterCommit,
            Json json,
            TenantContext context,
            Clock clock,
            MeterRegistry registry) {
        this.repository = repository;
        this.work = work;
        this.models = models;
        this.trail = trail;
        this.afterCommit = afterCommit;
        this.json = json;
        this.context = context;
        this.clock = clock;
        this.registry = registry;
    }

    /**
     * Begins to teach models from the entered tenant's decisions. If that goes on already, it is the answer.
     *
     * @throws Conflict if somebody else began just now
     */
    @Transactional
    OwnTrainingView start(Act.By actor) {
        var tenant = context.current();
        repository.endLost(tenant, clock.instant());
        var running = repository.running();
        if (running.isPresent()) {
            return view(running.get());
        }
        var training = new OwnTraining(Ids.next(), tenant, actor.id(), clock.instant(), leasedUntil());
        repository.persist(training);
        try {
            repository.flush();
        } catch (ConstraintViolationException e) {
            throw new Conflict("Models are being taught already");
        }
        var id = training.id;
        trail.add(tenant, new Act(actor, Action.OWN_TRAINING_STARTED, "own-training", id.toString(), Map.of()));
        afterCommit.run(
                id,
                () -> {
                    count(OwnTrainingState.RUNNING);
                    work.begin(tenant, id, this);
                });
        return view(training);
    }

    /** The newest ones. */
    @Transactional
    List<OwnTrainingView> newest() {
        repository.endLost(context.current(), clock.instant());
        return repository.newestFirst(NEWEST).stream().map(this::view).toList();
    }

    /** How many decisions the entered tenant's moderators made since the newest of these trainings began. */
    int decisionsSince(List<OwnTrainingView> newest) {
        return work.decisionsSince(newest.isEmpty() ? Instant.EPOCH : newest.getFirst().startedAt());
    }

    /**
     * @throws NotFound if the entered tenant has no such training
     */
    @Transactional
    OwnTrainingView get(UUID id) {
        repository.endLost(context.current(), clock.instant());
        return view(repository.findByIdOptional(id).orElseThrow(() -> new NotFound("training")));
    }

    /** Keeps a model that one of them taught. */
    @Transactional
    UUID keep(UUID training, NewOwnModel model) {
        repository.renew(context.current(), training, leasedUntil());
        return models.keep(model);
    }

    /**
     * Ends one that still runs.
     *
     * @param outcomes null if it failed
     */
    @Transactional
    void end(UUID id, int decisions, @Nullable List<Outcome> outcomes) {
        repository
                .locked(id)
                .filter(OwnTraining::isRunning)
                .ifPresent(training -> {
                    var state = outcomes == null ? OwnTrainingState.FAILED : OwnTrainingState.DONE;
                    training.decisions = decisions;
                    training.outcomes = json.write(outcomes == null ? List.of() : outcomes);
                    training.end(state, clock.instant());
                    if (outcomes != null && training.requestedBy.equals(Act.By.SYSTEM.id())) {
                        models.retireOutdated(); // what is no better now, or of which too little is told
                    }
                    afterCommit.run(id, () -> count(state));
                });
    }

    private void count(OwnTrainingState state) {
        registry.counter("parley.own.trainings", "state", state.name()).increment();
    }

    private Instant leasedUntil() {
        return clock.instant().plus(LEASE);
    }

    private OwnTrainingView view(OwnTraining training) {
        return new OwnTrainingView(
                training.id,
                training.state,
                training.requestedBy,
                training.decisions,
                json.read(training.outcomes, OUTCOMES),
                training.startedAt,
                training.finishedAt);
    }
}
