package dev.parley.simulation;

import dev.parley.article.Articles;
import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.identity.Staff;
import dev.parley.platform.AfterCommit;
import dev.parley.platform.Conflict;
import dev.parley.platform.Ids;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.Json;
import dev.parley.platform.Moments;
import dev.parley.platform.NotFound;
import dev.parley.policy.Policies;
import dev.parley.policy.PolicyTrial;
import dev.parley.scoring.OwnModels;
import dev.parley.scoring.Score;
import dev.parley.scoring.Scores;
import dev.parley.simulation.Past.Range;
import dev.parley.simulation.SimulationWork.ModelTrial;
import dev.parley.tenant.TenantContext;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/**
 * The one door to simulations: asked for, watched and stopped here; {@link SimulationWork} does them. A member limited
 * to sites tries policies on their comments alone, and sees no simulation that looked at others.
 */
@ApplicationScoped
class Simulations {

    private static final int NEWEST = 20;
    private static final int LOOKED_THROUGH = 200;

    /** One that tells of no progress for so long was killed. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final SimulationRepository repository;
    private final SimulationWork work;
    private final Past past;
    private final Policies policies;
    private final OwnModels models;
    private final Articles articles;
    private final AuditTrail trail;
    private final AfterCommit afterCommit;
    private final Json json;
    private final TenantContext context;
    private final Clock clock;
    private final MeterRegistry registry;

    Simulations(
            SimulationRepository repository,
            SimulationWork work,
            Past past,
            Policies policies,
            OwnModels models,
            Articles articles,
            AuditTrail trail,
            AfterCommit afterCommit,
            Json json,
            TenantContext context,
            Clock clock,
            MeterRegistry registry) {
        this.repository = repository;
        this.work = work;
        this.past = past;
        this.policies = policies;
        this.models = models;
        this.articles = articles;
        this.trail = trail;
        this.afterCommit = afterCommit;
        this.json = json;
        this.context = context;
        this.clock = clock;
        this.registry = registry;
    }

    /**
     * Begins to try a draft, a model, or both.
     *
     * @throws Conflict if one of the tenant's runs already, or the model stands on another shipped one than the present
     * @throws InvalidInput if the draft contradicts itself, or there is nothing to try
     * @throws NotFound if its site, article or model does not exist or is not this member's
     */
    @Transactional
    SimulationView start(SimulationRequest request, Staff staff) {
        var tenant = context.current();
        var trial = trial(request);
        var modelTrial =
                request.model() == null ? null : new ModelTrial(models.current(), models.with(request.model()));
        mustSee(request, staff);
        repository.endLost(tenant, clock.instant());
        if (repository.running().isPresent()) {
            throw new Conflict("Something is being tried already");
        }
        var sites = staff.allSites() ? null : staff.sites().toArray(UUID[]::new);
        var range =
                new Range(
                        request.scope(),
                        request.scopeRef(),
                        sites,
                        Moments.from("since", request.since()).orElse(null));
        int total = past.count(range, request.most());
        var simulation =
                new Simulation(
                        Ids.next(),
                        tenant,
                        request.scope(),
                        request.scopeRef(),
                        request.document() == null ? null : json.write(request.document()),
                        request.model(),
                        sites,
                        staff.id().toString(),
                        total,
                        clock.instant(),
                        leasedUntil());
        repository.persist(simulation);
        try {
            repository.flush();
        } catch (ConstraintViolationException e) {
            throw new Conflict("Something is being tried already"); // somebody was quicker just now
        }
        note(simulation, Action.SIMULATION_STARTED, staff.actor());
        var id = simulation.id;
        afterCommit.run(
                id,
                () -> {
                    count(SimulationState.RUNNING);
                    work.begin(tenant, id, trial, modelTrial, range, total, this);
                });
        return view(simulation, null);
    }

    private PolicyTrial trial(SimulationRequest request) {
        var document = request.document();
        if (document != null) {
            return policies.trial(request.scope(), request.scopeRef(), document);
        }
        if (request.model() == null) {
            throw new InvalidInput("document", "is required, or a model");
        }
        return policies.noTrial();
    }

    /** The newest ones, without their results. */
    @Transactional
    List<SimulationView> newest(Staff staff) {
        repository.endLost(context.current(), clock.instant());
        return repository.newestFirst(LOOKED_THROUGH).stream()
                .filter(simulation -> maySee(simulation, staff))
                .limit(NEWEST)
                .map(simulation -> view(simulation, null))
                .toList();
    }

    /**
     * @throws NotFound if the entered tenant has no such simulation that this member may see
     */
    @Transactional
    SimulationView get(UUID id, Staff staff) {
        repository.endLost(context.current(), clock.instant());
        var simulation = repository.findByIdOptional(id).orElseThrow(() -> new NotFound("simulation"));
        mustSee(simulation, staff);
        return view(
                simulation, simulation.result == null ? null : result(json.read(simulation.result, Findings.class)));
    }

    /** Stops one. One that has ended is left as it is. */
    @Transactional
    void cancel(UUID id, Staff staff) {
        var simulation = repository.locked(id).orElseThrow(() -> new NotFound("simulation"));
        mustSee(simulation, staff);
        if (simulation.isRunning()) {
            end(simulation, SimulationState.CANCELLED);
            note(simulation, Action.SIMULATION_CANCELLED, staff.actor());
        }
    }

    /** Notes how many comments were dealt with; false if it was stopped. */
    @Transactional
    boolean advance(UUID id, int done) {
        return repository.advance(context.current(), id, done, leasedUntil());
    }

    /** Ends one that still runs; without findings it has failed. */
    @Transactional
    void end(UUID id, int done, @Nullable Findings findings) {
        repository
                .locked(id)
                .filter(Simulation::isRunning)
                .ifPresent(simulation -> {
                    simulation.done = done;
                    simulation.result = findings == null ? null : json.write(findings);
                    end(simulation, findings == null ? SimulationState.FAILED : SimulationState.DONE);
                });
    }

    private void end(Simulation simulation, SimulationState state) {
        simulation.end(state, clock.instant());
        afterCommit.run(simulation.id, () -> count(state));
    }

    private void count(SimulationState state) {
        registry.counter("parley.simulations", "state", state.name()).increment();
    }

    private Instant leasedUntil() {
        return clock.instant().plus(LEASE);
    }

    private void mustSee(SimulationRequest request, Staff staff) {
        switch (request.scope()) {
            case TENANT, CATEGORY -> {}
            case SITE -> staff.mustSee(UUID.fromString(request.scopeRef()), "site");
            case ARTICLE -> staff.mustSee(articles.byId(UUID.fromString(request.scopeRef())).siteId(), "article");
        }
    }

    private static boolean maySee(Simulation simulation, Staff staff) {
        return staff.allSites()
                || (simulation.sites != null && staff.sites().containsAll(Set.copyOf(Arrays.asList(simulation.sites))));
    }

    private static void mustSee(Simulation simulation, Staff staff) {
        if (!maySee(simulation, staff)) {
            throw new NotFound("simulation");
        }
    }

    private void note(Simulation simulation, Action action, Act.By actor) {
        trail.add(
                simulation.tenantId,
                new Act(
                        actor,
                        action,
                        "simulation",
                        simulation.id.toString(),
                        Map.of("scope", simulation.scope, "scopeRef", simulation.scopeRef, "total", simulation.total)));
    }

    private SimulationView.Result result(Findings findings) {
        var shown = past.shown(findings.samples());
        var samples = new ArrayList<SimulationView.Sample>();
        for (var sample : findings.samples()) {
            var now = shown.get(sample.comment() + "/" + sample.revision());
            if (now != null) {
                samples.add(
                        new SimulationView.Sample(
                                sample.from(),
                                sample.to(),
                                sample.comment(),
                                sample.revision(),
                                now.body(),
                                now.articleTitle(),
                                now.createdAt(),
                                values(now.scores()),
                                sample.reasonsBefore(),
                                sample.reasonsAfter(),
                                sample.moderator()));
            }
        }
        return new SimulationView.Result(
                findings.before(),
                findings.after(),
                findings.changes(),
                findings.workload(),
                findings.agreement(),
                samples,
                findings.from(),
                findings.until());
    }

    private Map<String, Double> values(String scores) {
        return "null".equals(scores)
                ? Map.of()
                : json.read(scores, Scores.class).byAttribute().values().stream()
                        .collect(Collectors.toMap(Score::attribute, Score::value));
    }

    private static SimulationView view(Simulation simulation, SimulationView.@Nullable Result result) {
        return new SimulationView(
                simulation.id,
                simulation.state,
                simulation.scope,
                simulation.scopeRef,
                simulation.modelId,
                simulation.total,
                simulation.done,
                simulation.createdAt,
                simulation.requestedBy,
                result);
    }
}
