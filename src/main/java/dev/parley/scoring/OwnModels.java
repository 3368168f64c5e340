package dev.parley.scoring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.platform.AfterCommit;
import dev.parley.platform.Conflict;
import dev.parley.platform.Ids;
import dev.parley.platform.Json;
import dev.parley.platform.NotFound;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/** The one door to the models that a tenant's moderators taught. */
@ApplicationScoped
public class OwnModels {

    private static final int MOST = 100;

    /** Of an attribute and language, so many former ones are kept to go back to. */
    private static final int FORMER = 3;

    /** What is in force, as it was read. */
    private record Known(Set<UUID> ids, OwnSet models) {}

    private final OwnModelRepository repository;
    private final Scorers scorers;
    private final AuditTrail trail;
    private final AfterCommit afterCommit;
    private final Json json;
    private final TenantContext context;
    private final Clock clock;

    /** Another replica may go on with the models of before for ten seconds. */
    private final Cache<String, Known> inForce =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(10)).build();

    /** What was in force when a tenant's were read last: a file never changes, so the same ids are the same models. */
    private final Cache<String, Known> lastRead = Caffeine.newBuilder().maximumSize(1_000).build();

    OwnModels(
            OwnModelRepository repository,
            Scorers scorers,
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
     * Those in force for the entered tenant; none where no tenant was entered.
     *
     * @throws ScoringUnavailable if one of them can't be read
     */
    public OwnSet current() {
        var tenant = context.currentIfAny();
        return tenant.isEmpty() ? OwnSet.NONE : inForce.get(tenant.get(), this::read).models();
    }

    /**
     * Those in force for the entered tenant with one in its place, to see what it would do.
     *
     * @throws NotFound if the tenant has no such model, or only figures of it
     * @throws Conflict if it stands on another shipped model than the present one
     */
    @Transactional
    public OwnSet with(UUID id) {
        var row = repository.file(id);
        if (row == null) {
            throw new NotFound("model");
        }
        var own = own(row);
        if (!Objects.equals(own.base(), scorers.shippedVersion(own.language(), own.attribute()))) {
            throw outdated();
        }
        return current().with(own);
    }

    /** The entered tenant's, newest first. */
    @Transactional
    public List<OwnModelView> list() {
        return repository.newestFirst(MOST).stream().map(this::view).toList();
    }

    /**
     * @throws NotFound if the entered tenant has no such model
     */
    @Transactional
    public OwnModelView get(UUID id) {
        return view(repository.findByIdOptional(id).orElseThrow(() -> new NotFound("model")));
    }

    /** Whether one that is in force scores nothing, because the shipped model under it is another one by now. */
    @Transactional
    public boolean isAnyOutdated() {
        return repository.inForce().stream().anyMatch(this::isOutdated);
    }

    /** Takes out of force what is outdated still. */
    @Transactional
    public void retireOutdated() {
        repository.inForce().stream().filter(this::isOutdated).forEach(model -> retire(model, Act.By.SYSTEM));
    }

    /**
     * Keeps what was just taught, in the place of what was taught before and never put in force. Where an outdated one
     * is in force, a better one takes its place at once: an admin wanted one, and it scores nothing.
     */
    @Transactional
    public UUID keep(NewOwnModel model) {
        var id = Ids.next();
        int former = 0;
        for (var old : repository.of(model.language(), model.attribute())) {
            if (old.state == OwnModelState.ACTIVE || old.state == OwnModelState.RETIRED && former++ < FORMER) {
                continue;
            }
            repository.delete(old);
        }
        repository.flush();
        repository.put(context.current(), id, model, json.write(model.report()), clock.instant());
        if (model.file() != null) {
            repository
                    .active(model.language(), model.attribute())
                    .filter(this::isOutdated)
                    .ifPresent(outdated -> succeed(outdated, locked(id)));
        }
        return id;
    }

    private void succeed(OwnModel outdated, OwnModel by) {
        outdated.state = OwnModelState.RETIRED;
        repository.flush();
        by.state = OwnModelState.ACTIVE;
        by.activatedAt = clock.instant();
        by.activatedBy = outdated.activatedBy;
        note(by, Action.OWN_MODEL_ACTIVATED, Act.By.SYSTEM);
    }

    /**
     * Puts one in force, in the place of the one that is. One that is already stays so.
     *
     * @throws NotFound if the entered tenant has no such model
     * @throws Conflict if it is not better than what scored before it, stands on another shipped model than the present
     *     one, or another one was put in force just now
     */
    @Transactional
    public OwnModelView activate(UUID id, Act.By actor) {
        var model = locked(id);
        if (model.state == OwnModelState.ACTIVE) {
            return view(model);
        }
        if (!model.isUsable()) {
            throw new Conflict("It agrees with the moderators no better than what scores now");
        }
        if (isOutdated(model)) {
            throw outdated();
        }
        repository.active(model.language, model.attribute).ifPresent(former -> former.state = OwnModelState.RETIRED);
        try {
            repository.flush();
            model.state = OwnModelState.ACTIVE;
            model.activatedAt = clock.instant();
            model.activatedBy = UUID.fromString(actor.id());
            repository.flush();
        } catch (ConstraintViolationException e) {
            throw new Conflict("Another one was put in force just now");
        }
        note(model, Action.OWN_MODEL_ACTIVATED, actor);
        return view(model);
    }

    /**
     * Takes one out of force: the shipped model scores alone again.
     *
     * @throws NotFound if the entered tenant has no such model
     */
    @Transactional
    public void retire(UUID id, Act.By actor) {
        var model = locked(id);
        if (model.state == OwnModelState.ACTIVE) {
            retire(model, actor);
        }
    }

    private void retire(OwnModel model, Act.By actor) {
        model.state = OwnModelState.RETIRED;
        note(model, Action.OWN_MODEL_RETIRED, actor);
    }

    /**
     * Deletes one.
     *
     * @throws NotFound if the entered tenant has no such model
     * @throws Conflict if it is in force
     */
    @Transactional
    public void delete(UUID id, Act.By actor) {
        var model = locked(id);
        if (model.state == OwnModelState.ACTIVE) {
            throw new Conflict("It is in force: take it out of force first");
        }
        repository.delete(model);
        note(model, Action.OWN_MODEL_DELETED, actor);
    }

    private static Conflict outdated() {
        return new Conflict("The shipped model under it is another one by now: it has to be taught anew");
    }

    private OwnModel locked(UUID id) {
        return repository.locked(id).orElseThrow(() -> new NotFound("model"));
    }

    private void note(OwnModel model, Action action, Act.By actor) {
        var tenant = context.current();
        trail.add(
                tenant,
                new Act(
                        actor,
                        action,
                        "own-model",
                        model.id.toString(),
                        Map.of(
                                "language", model.language,
                                "attribute", model.attribute,
                                "version", model.version)));
        afterCommit.run(inForce, () -> inForce.invalidate(tenant));
    }

    private Known read(String tenant) {
        var ids = repository.activeIds(tenant);
        if (ids.isEmpty()) {
            return new Known(ids, OwnSet.NONE);
        }
        var last = lastRead.getIfPresent(tenant);
        if (last != null && last.ids().equals(ids)) {
            return last;
        }
        var known = new Known(ids, new OwnSet(repository.files(ids).stream().map(OwnModels::own).toList()));
        lastRead.put(tenant, known);
        return known;
    }

    private static OwnSet.Own own(OwnModelBytes row) {
        return OwnSet.Own.read(row.base, Objects.requireNonNull(row.file));
    }

    private boolean isOutdated(OwnModel model) {
        return !Objects.equals(model.base, scorers.shippedVersion(model.language, model.attribute));
    }

    private OwnModelView view(OwnModel model) {
        return new OwnModelView(
                model.id,
                model.language,
                model.attribute,
                model.state,
                model.version,
                model.base,
                isOutdated(model),
                json.read(model.report, OwnReport.class),
                model.trainedAt,
                model.activatedAt,
                model.activatedBy);
    }
}
