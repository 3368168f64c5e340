package dev.parley.simulation;

import dev.parley.article.ArticleView;
import dev.parley.article.Articles;
import dev.parley.platform.Json;
import dev.parley.policy.Case;
import dev.parley.policy.EffectivePolicy;
import dev.parley.policy.Policies;
import dev.parley.policy.PolicyTrial;
import dev.parley.policy.Signals;
import dev.parley.scoring.GuardedScorers;
import dev.parley.scoring.NotInTime;
import dev.parley.scoring.OwnSet;
import dev.parley.scoring.Scores;
import dev.parley.simulation.Past.Range;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import dev.parley.text.NormalisedText;
import dev.parley.text.Normaliser;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Does simulations: reads page after page, and decides on each comment twice on few threads that all tenants share, so
 * that readers' comments are not held up. Texts are matched with word lists anew; signals are those that were kept with
 * the revision, and so are scores unless a model is tried.
 */
@ApplicationScoped
class SimulationWork {

    private static final Logger LOG = Logger.getLogger(SimulationWork.class);
    private static final int PAGE = 1_000;

    /** Leaves a processor to those who wait for an answer. */
    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors() - 1, 1, 4);

    /** Pages that wait in memory. */
    private static final int AHEAD = THREADS + 1;

    private record Pair(ArticleView article, SiteView site, EffectivePolicy before, EffectivePolicy after) {}

    /** What scores now, and what would; a model is tried on the texts, scored by both anew. */
    record ModelTrial(OwnSet before, OwnSet after) {}

    private final Past past;
    private final Policies policies;
    private final GuardedScorers scorers;
    private final Articles articles;
    private final Sites sites;
    private final Json json;
    private final TenantContext context;
    private final ExecutorService jobs = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
    private final ExecutorService judges =
            Executors.newFixedThreadPool(
                    THREADS,
                    Thread.ofPlatform().name("simulation-", 0).daemon().priority(Thread.MIN_PRIORITY).factory());

    SimulationWork(
            Past past,
            Policies policies,
            GuardedScorers scorers,
            Articles articles,
            Sites sites,
            Json json,
            TenantContext context) {
        this.past = past;
        this.policies = policies;
        this.scorers = scorers;
        this.articles = articles;
        this.sites = sites;
        this.json = json;
        this.context = context;
    }

    /** Begins one in the background. What fails in it ends it. */
    void begin(
            String tenant,
            UUID id,
            PolicyTrial trial,
            @Nullable ModelTrial models,
            Range range,
            int total,
            Simulations door) {
        jobs.execute(() -> context.run(tenant, () -> run(id, trial, models, range, total, door)));
    }

    @PreDestroy
    void stop() {
        jobs.shutdownNow();
        judges.shutdownNow();
    }

    private void run(
            UUID id, PolicyTrial trial, @Nullable ModelTrial models, Range range, int total, Simulations door) {
        try {
            compare(id, trial, models, range, total, door);
        } catch (RuntimeException e) {
            // The class only: messages of a database may repeat values.
            LOG.errorf("Simulation %s failed: %s", id, e.getClass().getName());
            LOG.debug("Simulation failed", e);
            door.end(id, 0, null);
        }
    }

    private void compare(
            UUID id, PolicyTrial trial, @Nullable ModelTrial models, Range range, int total, Simulations door) {
        var tally = new Tally();
        boolean ended =
                each(
                        trial,
                        models,
                        range,
                        total,
                        page -> {
                            page.forEach(tally::add);
                            return door.advance(id, tally.count());
                        });
        if (ended) {
            door.end(id, tally.count(), tally.findings());
        }
    }

    /**
     * Decides on each of the newest comments twice, newest first. Writes nothing.
     *
     * @param models null: scores are those that were kept
     * @param total on how many at most
     * @param taken is given page after page, and says whether to go on
     * @return whether it came to the end; false if it was told not to go on
     */
    boolean each(
            PolicyTrial trial, @Nullable ModelTrial models, Range range, int total, Predicate<List<Compared>> taken) {
        Map<UUID, Pair> effective = new HashMap<>();
        var judged = new ArrayDeque<Future<List<Compared>>>();
        int asked = 0;
        @Nullable UUID last = null;
        boolean more = total > 0;
        while (more || !judged.isEmpty()) {
            if (more && judged.size() < AHEAD) {
                var page = past.before(range, last, Math.min(PAGE, total - asked));
                asked += page.size();
                more = !page.isEmpty() && asked < total;
                if (!page.isEmpty()) {
                    last = page.getLast().id();
                    var pairs = pairs(page, trial, effective);
                    judged.add(judges.submit(() -> judge(page, pairs, models)));
                }
            } else if (!taken.test(result(judged.remove()))) {
                judged.forEach(future -> future.cancel(true));
                return false;
            }
        }
        return true;
    }

    private List<Pair> pairs(List<PastComment> page, PolicyTrial trial, Map<UUID, Pair> known) {
        var pairs = new ArrayList<Pair>();
        for (var comment : page) {
            pairs.add(
                    known.computeIfAbsent(
                            comment.article(),
                            id -> {
                                var article = articles.byId(id);
                                return new Pair(
                                        article,
                                        sites.byId(article.siteId()),
                                        trial.before(article),
                                        trial.after(article));
                            }));
        }
        return pairs;
    }

    private List<Compared> judge(List<PastComment> page, List<Pair> pairs, @Nullable ModelTrial models) {
        var compared = new ArrayList<Compared>();
        for (int i = 0; i < page.size(); i++) {
            var comment = page.get(i);
            var pair = pairs.get(i);
            var text = Normaliser.normalise(comment.body());
            var signals = json.read(comment.signals(), Signals.class);
            var kept = kept(comment);
            var before = models == null ? kept : scored(comment, text, pair, models.before(), kept);
            var after = models == null ? kept : scored(comment, text, pair, models.after(), kept);
            compared.add(
                    new Compared(
                            comment.id(),
                            comment.revision(),
                            comment.at(),
                            policies.decide(pair.before(), is(comment, text, pair, before, signals)),
                            policies.decide(pair.after(), is(comment, text, pair, after, signals)),
                            comment.ruling()));
        }
        return compared;
    }

    private static Case is(
            PastComment comment, NormalisedText text, Pair pair, @Nullable Scores scores, Signals signals) {
        return new Case(comment.body(), text, scores, signals, pair.article(), pair.site().key());
    }

    private @Nullable Scores kept(PastComment comment) {
        return "null".equals(comment.scores()) ? null : json.read(comment.scores(), KeptScores.class).scores();
    }

    /** A text that can't be scored in time keeps the scores it has. */
    private @Nullable Scores scored(
            PastComment comment, NormalisedText text, Pair pair, OwnSet models, @Nullable Scores otherwise) {
        try {
            return scorers.scoreInBackground(comment.body(), text, pair.site().language(), models).scores();
        } catch (NotInTime e) {
            return otherwise;
        }
    }

    private static List<Compared> result(Future<List<Compared>> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Deciding failed", e.getCause());
        }
    }
}
