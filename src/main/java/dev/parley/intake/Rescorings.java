package dev.parley.intake;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.platform.AfterCommit;
import dev.parley.platform.Conflict;
import dev.parley.platform.Hints;
import dev.parley.platform.Ids;
import dev.parley.platform.Json;
import dev.parley.platform.NotFound;
import dev.parley.scoring.GuardedScorers;
import dev.parley.scoring.ScoringUnavailable;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.exception.ConstraintViolationException;

/** The one door to jobs that score again: asked for, watched and stopped here; {@link RescoringWork} does them. */
@ApplicationScoped
class Rescorings {

    /**
     * A job that this process works on.
     *
     * @param models short name of the models it scores with
     * @param next ids of the next comments; may be empty though there are more
     */
    record Turn(UUID job, String models, List<UUID> next) {}

    private static final TypeReference<Map<String, String>> VERSIONS = new TypeReference<>() {};
    private static final int MOST = 50;

    /** So many comments are looked at by one statement: a tenth of a second's work. */
    private static final int STRETCH = 10_000;

    /** A process that was killed is followed by another one after this time. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** Which of those who work on jobs this process is. */
    private final UUID worker = Ids.random();

    private final RescoringRepository repository;
    private final GuardedScorers scorers;
    private final AuditTrail trail;
    private final AfterCommit afterCommit;
    private final Json json;
    private final TenantContext context;
    private final Clock clock;

    private final Hints begun = new Hints();

    /** Up to where it was looked for what is due, where one statement did not see all. */
    private final Map<Part, Place> places = new ConcurrentHashMap<>();

    private record Part(String tenant, RescoringScope scope) {}

    private record Place(String models, UUID after) {}

    Rescorings(
            RescoringRepository repository,
            GuardedScorers scorers,
            AuditTrail trail,
            AfterCommit afterCommit,
            Json json,
            TenantContext context,
            Clock clock) {
        this.repository = repository;
        this.scorers = scorers;
        this.trail = trail;
        this.afterCommit = afterCommit;
        this.json = json;
        this.context = context;
        this.clock = clock;
    }

    /**
     * Begins a job; what was given up before is tried again. If one of that scope runs already, that is the answer.
     *
     * @throws Conflict if one of another scope runs
     */
    @Transactional
    RescoringView start(RescoringScope scope, Act.By actor) {
        var running = repository.running();
        if (running.isPresent()) {
            return running.filter(job -> job.scope == scope)
                    .map(this::view)
                    .orElseThrow(() -> new Conflict("Comments are being scored again already"));
        }
        repository.forgive(context.current());
        return view(begin(scope, actor));
    }

    /**
     * Begins by itself what is due: comments that the scorer failed on, and those in the queue whose scores are of
     * other models than now. Looks at some of what waits, where the last call ended; from the start again after all
     * were seen, with other models, or in another process.
     *
     * @return whether nothing was found, while there is more to look at
     */
    @Transactional
    boolean startWhatIsDue() {
        return startWhatIsDue(STRETCH);
    }

    @Transactional
    boolean startWhatIsDue(int most) {
        if (repository.running().isPresent()) {
            return false;
        }
        var models = GuardedScorers.nameOf(versions());
        boolean more = false;
        for (var scope : List.of(RescoringScope.UNSCORED, RescoringScope.PENDING)) {
            var part = new Part(context.current(), scope);
            var place = places.get(part);
            var after = place == null || !place.models().equals(models) ? null : place.after();
            var seen = repository.stretch(part.tenant(), scope, models, after, most, 1);
            if (!seen.waiting().isEmpty()) {
                begin(scope, Act.By.SYSTEM);
                return false;
            }
            if (seen.last() == null) {
                places.remove(part);
            } else {
                places.put(part, new Place(models, seen.last()));
                more = true;
            }
        }
        return more;
    }

    /** How scoring does, and the newest jobs. */
    @Transactional
    RescoringList list() {
        var models = GuardedScorers.nameOf(versions());
        return new RescoringList(
                scorers.breaker(),
                repository.count(context.current(), RescoringScope.UNSCORED, models, STRETCH),
                repository.newest(MOST).stream().map(this::view).toList());
    }

    /**
     * @throws NotFound if the entered tenant has no such job
     */
    @Transactional
    RescoringView get(UUID id) {
        return view(find(id));
    }

    /** Stops a job: what it did stays done. One that has ended is left as it is. */
    @Transactional
    void cancel(UUID id, Act.By actor) {
        var job = find(id);
        repository.getEntityManager().refresh(job, jakarta.persistence.LockModeType.PESSIMISTIC_WRITE);
        if (job.isRunning()) {
            job.end(RescoringState.CANCELLED, clock.instant());
            note(job, Action.RESCORING_CANCELLED, actor);
        }
    }

    /**
     * Takes the entered tenant's running job for a while, and says what is next in it. Empty if there is none, another
     * process has it, or nothing was left to do, so that it is ended.
     */
    @Transactional
    Optional<Turn> take(int limit) {
        return take(limit, STRETCH);
    }

    @Transactional
    Optional<Turn> take(int limit, int most) {
        var claimed = repository.claim(worker, clock.instant());
        if (claimed.isEmpty()) {
            return Optional.empty();
        }
        var job = claimed.get();
        var tenant = context.current();
        var versions = versions();
        var models = GuardedScorers.nameOf(versions);
        if (!job.models.equals(models)) {
            job.restart(models, json.write(versions), repository.count(tenant, job.scope, models, STRETCH));
        }
        var next = repository.stretch(tenant, job.scope, models, job.lastComment, most, limit);
        if (next.waiting().isEmpty() && next.last() == null) {
            job.finish(clock.instant());
            return Optional.empty();
        }
        if (next.waiting().isEmpty()) {
            job.lastComment = next.last();
        }
        job.worker = worker;
        job.leasedUntil = leasedUntil();
        return Optional.of(new Turn(job.id, models, next.waiting()));
    }

    /**
     * Notes in the caller's transaction that a comment was dealt with. Comes first in it.
     *
     * @throws TurnLost if the job was cancelled, or another process has it now
     */
    @Transactional(Transactional.TxType.MANDATORY)
    void advance(Turn turn, UUID comment) {
        move(turn, comment, false);
        repository.forgive(context.current(), comment);
    }

    /** Passes over a comment that needs no score any more. */
    @Transactional
    void pass(Turn turn, UUID comment) {
        move(turn, comment, false);
    }

    /**
     * Notes that a comment could not be scored, while others can.
     *
     * @param hopeless whether one try was enough
     * @return whether it was given up; else it is to be tried again
     */
    @Transactional
    boolean failed(Turn turn, UUID comment, int revision, boolean hopeless, RuntimeException error) {
        var tenant = context.current();
        var cause = error.getCause() == null ? error : error.getCause();
        int attempts =
                repository.fail(
                        tenant,
                        repository.findById(turn.job()),
                        comment,
                        revision,
                        hopeless ? RescoringRepository.ATTEMPTS : 1,
                        cause.getClass().getName(),
                        clock.instant());
        if (attempts < RescoringRepository.ATTEMPTS) {
            return false;
        }
        move(turn, comment, true);
        return true;
    }

    /** The tenants that got jobs in this process since the last call; some may be missing after a crash. */
    Set<String> takeHints() {
        return begun.take();
    }

    private Rescoring begin(RescoringScope scope, Act.By actor) {
        var tenant = context.current();
        var versions = versions();
        var models = GuardedScorers.nameOf(versions);
        int total = repository.count(tenant, scope, models, STRETCH);
        var job =
                new Rescoring(
                        Ids.next(), tenant, scope, actor.id(), models, json.write(versions), total, clock.instant());
        repository.persist(job);
        try {
            repository.flush();
        } catch (ConstraintViolationException e) {
            throw new Conflict("Comments are being scored again already"); // somebody was quicker just now
        }
        note(job, Action.RESCORING_STARTED, actor);
        afterCommit.run(begun, () -> begun.add(tenant));
        return job;
    }

    private void move(Turn turn, UUID comment, boolean failed) {
        if (!repository.advance(context.current(), turn.job(), worker, comment, failed, leasedUntil())) {
            throw new TurnLost();
        }
    }

    private Instant leasedUntil() {
        return clock.instant().plus(LEASE);
    }

    private Rescoring find(UUID id) {
        return repository.findByIdOptional(id).orElseThrow(() -> new NotFound("rescoring"));
    }

    /** None while the models can't be loaded: a job begins then all the same, and waits. */
    private Map<String, String> versions() {
        try {
            return scorers.versions();
        } catch (ScoringUnavailable e) {
            return Map.of();
        }
    }

    private void note(Rescoring job, Action action, Act.By actor) {
        trail.add(
                job.tenantId,
                new Act(
                        actor,
                        action,
                        "rescoring",
                        job.id.toString(),
                        Map.of("scope", job.scope, "total", job.total, "done", job.done, "failed", job.failed)));
    }

    private RescoringView view(Rescoring job) {
        return new RescoringView(
                job.id,
                job.scope,
                job.state,
                job.requestedBy,
                json.read(job.modelVersions, VERSIONS),
                job.total,
                job.done,
                job.failed,
                job.failed == 0 ? List.of() : repository.failures(job.tenantId, job.id),
                job.startedAt,
                job.finishedAt);
    }

    /** The job is no longer this process's: nothing of what was about to be done may be kept. */
    static final class TurnLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TurnLost() {
            super("The job was cancelled or taken over");
        }
    }
}
