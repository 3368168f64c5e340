package dev.parley.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.article.ArticleView;
import dev.parley.article.Articles;
import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.platform.Ids;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.Json;
import dev.parley.platform.NotFound;
import dev.parley.scoring.Scores;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** The one door to a tenant's policies: what applies to an article, and what becomes of a comment. */
@ApplicationScoped
public class Policies {

    private final PolicyRepository repository;
    private final Sites sites;
    private final Articles articles;
    private final AuditTrail trail;
    private final Event<PolicyChanged> changed;
    private final Json json;
    private final TenantContext context;
    private final Clock clock;

    /** Another replica may go on with an old policy for two seconds. */
    private final Cache<String, List<PolicyView>> inForce =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(2)).recordStats().build();

    Policies(
            PolicyRepository repository,
            Sites sites,
            Articles articles,
            AuditTrail trail,
            Event<PolicyChanged> changed,
            Json json,
            TenantContext context,
            Clock clock,
            MeterRegistry registry) {
        this.repository = repository;
        this.sites = sites;
        this.articles = articles;
        this.trail = trail;
        this.changed = changed;
        this.json = json;
        this.context = context;
        this.clock = clock;
        CaffeineCacheMetrics.monitor(registry, inForce, "policies");
    }

    /** What becomes of a comment under a policy. Pure: nothing is read or written. */
    public Decision decide(EffectivePolicy policy, Case comment) {
        return Judge.judge(comment, policy);
    }

    /**
     * Whether a text is such that the policy would hold or reject it for its scores for hostility alone, whoever sent
     * it, from where and however often, and whatever rules say. Pure.
     *
     * @param scores null if the scorer failed: then it is not
     */
    public boolean readsAsHostile(EffectivePolicy policy, @Nullable Scores scores) {
        return Judge.readsAsHostile(scores, policy);
    }

    /** How urgently a held comment with these scores should be read, 0 to 1. */
    public double risk(Scores scores) {
        return Judge.risk(scores);
    }

    /**
     * What applies to comments on an article: tenant, site, categories, article, each on top of the wider one. Of
     * several categories the strictest counts. An article known only from readers could claim any category, so it takes
     * the strictest of all.
     */
    public EffectivePolicy forArticle(ArticleView article) {
        return effective(inForce.get(context.current(), _ -> read()), article);
    }

    static EffectivePolicy effective(List<PolicyView> all, ArticleView article) {
        var policy = Preset.BALANCED.policy();
        policy = layer(policy, all, PolicyScope.TENANT, "");
        policy = layer(policy, all, PolicyScope.SITE, article.siteId().toString());
        policy = categories(policy, all, article);
        return layer(policy, all, PolicyScope.ARTICLE, article.id().toString());
    }

    /** The policies in force, widest scope first. */
    @Transactional
    public List<PolicyView> current() {
        return read();
    }

    /** All versions of one scope's policy, newest first. */
    @Transactional
    public List<PolicyView> history(PolicyScope scope, String scopeRef) {
        return repository.history(scope, scopeRef).stream().map(this::view).toList();
    }

    /**
     * Puts a new version in force.
     *
     * @throws StalePolicy if another version than the one it is based on is in force
     * @throws InvalidInput if it contradicts itself or names a scope that does not exist
     */
    @Transactional
    public PolicyView change(PolicyChange change, Act.By actor) {
        change.document().check();
        mustExist(change.scope(), change.scopeRef());
        int present =
                repository.history(change.scope(), change.scopeRef()).stream()
                        .findFirst()
                        .map(p -> p.version)
                        .orElse(0);
        if (present != change.basedOn()) {
            throw new StalePolicy(change.basedOn(), present);
        }
        var policy =
                new Policy(
                        Ids.next(),
                        context.current(),
                        change,
                        json.write(change.document()),
                        actor.id(),
                        clock.instant());
        repository.persist(policy);
        trail.add(
                policy.tenantId,
                new Act(
                        actor,
                        Action.POLICY_CHANGED,
                        "policy",
                        policy.id.toString(),
                        Map.of(
                                "scope", policy.scope,
                                "scopeRef", policy.scopeRef,
                                "version", policy.version,
                                "reason", policy.reason)));
        try {
            repository.flush();
        } catch (ConstraintViolationException e) {
            throw new StalePolicy(change.basedOn(), policy.version); // somebody was quicker just now
        }
        changed.fire(new PolicyChanged(policy.tenantId));
        return view(policy);
    }

    /**
     * Puts the document of an older version in force again, as a new version.
     *
     * @throws StalePolicy if another version than the one it is based on is in force
     * @throws NotFound if there is no such version
     */
    @Transactional
    public PolicyView rollBack(PolicyRollback rollback, Act.By actor) {
        var old =
                history(rollback.scope(), rollback.scopeRef()).stream()
                        .filter(policy -> policy.version() == rollback.version())
                        .findFirst()
                        .orElseThrow(() -> new NotFound("version"));
        return change(
                new PolicyChange(
                        rollback.scope(), rollback.scopeRef(), rollback.basedOn(), rollback.reason(), old.document()),
                actor);
    }

    /**
     * What would apply if a document were in force for a scope. Changes nothing.
     *
     * @throws InvalidInput if it contradicts itself or names a scope that does not exist
     */
    @Transactional
    public PolicyTrial trial(PolicyScope scope, String scopeRef, PolicyDocument document) {
        document.check();
        mustExist(scope, scopeRef);
        var today = read();
        var drafted =
                new ArrayList<>(
                        today.stream().filter(p -> p.scope() != scope || !p.scopeRef().equals(scopeRef)).toList());
        drafted.add(new PolicyView(scope, scopeRef, 0, document, "", "", clock.instant()));
        return new PolicyTrial(today, drafted);
    }

    /** What applies now, in both places: for those who try something else than a policy. */
    @Transactional
    public PolicyTrial noTrial() {
        var today = read();
        return new PolicyTrial(today, today);
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) PolicyChanged event) {
        inForce.invalidate(event.tenant());
    }

    private static EffectivePolicy categories(EffectivePolicy wider, List<PolicyView> all, ArticleView article) {
        Stream<String> names =
                article.provisional()
                        ? all.stream().filter(p -> p.scope() == PolicyScope.CATEGORY).map(PolicyView::scopeRef)
                        : article.categories().stream();
        return names.map(name -> layer(wider, all, PolicyScope.CATEGORY, name))
                .reduce(EffectivePolicy::strictest)
                .map(strictest -> article.provisional() ? strictest.strictest(wider) : strictest)
                .orElse(wider);
    }

    private static EffectivePolicy layer(EffectivePolicy wider, List<PolicyView> all, PolicyScope scope, String ref) {
        Optional<PolicyView> own = all.stream().filter(p -> p.scope() == scope && p.scopeRef().equals(ref)).findFirst();
        return own.map(p -> p.document().over(wider, (scope + " " + ref).strip() + " " + p.version())).orElse(wider);
    }

    private void mustExist(PolicyScope scope, String scopeRef) {
        switch (scope) {
            case TENANT -> {
                if (!scopeRef.isEmpty()) {
                    throw new InvalidInput("scopeRef", "must be empty for the tenant");
                }
            }
            case SITE -> sites.byId(id(scopeRef));
            case ARTICLE -> articles.byId(id(scopeRef));
            case CATEGORY -> {
                if (scopeRef.isBlank()) {
                    throw new InvalidInput("scopeRef", "must name a category");
                }
            }
        }
    }

    private static UUID id(String ref) {
        try {
            return UUID.fromString(ref);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("scopeRef", "must be an id");
        }
    }

    private List<PolicyView> read() {
        return repository.inForce(context.current()).stream().map(this::view).toList();
    }

    private PolicyView view(Policy policy) {
        return new PolicyView(
                policy.scope,
                policy.scopeRef,
                policy.version,
                json.read(policy.document, PolicyDocument.class),
                policy.reason,
                policy.createdBy,
                policy.createdAt);
    }
}
