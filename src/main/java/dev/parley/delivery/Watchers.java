package dev.parley.delivery;

import dev.parley.comment.ThreadNews;
import dev.parley.platform.TooManyRequests;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who watches which thread on this replica. */
@ApplicationScoped
class Watchers {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    private final LiveConfig config;
    private final Map<Watched, Set<Watcher>> byThread = new ConcurrentHashMap<>();
    private final Map<String, Integer> byTenant = new ConcurrentHashMap<>();
    private final Map<String, Integer> byNetwork = new ConcurrentHashMap<>();
    private final Map<String, Integer> bySite = new ConcurrentHashMap<>();

    Watchers(LiveConfig config, MeterRegistry registry) {
        this.config = config;
        Gauge.builder("parley.live.streams", this, Watchers::open)
                .description("Live streams that are open in this replica")
                .tag("of", "READERS")
                .register(registry);
    }

    /**
     * Adds a watcher until it ends.
     *
     * @param network from where it asks
     * @throws TooManyRequests if its network has enough streams open
     * @throws Busy if its site has
     */
    void add(Watched watched, String network, Watcher watcher) {
        if (!taken(byNetwork, network, config.perNetwork())) {
            throw new TooManyRequests(TRY_AGAIN);
        }
        if (!taken(bySite, site(watched), config.perSite())) {
            given(byNetwork, network);
            throw new Busy(TRY_AGAIN);
        }
        taken(byTenant, watched.tenant(), Integer.MAX_VALUE);
        byThread.compute(
                watched,
                (_, set) -> {
                    var all = set == null ? ConcurrentHashMap.<Watcher>newKeySet() : set;
                    all.add(watcher);
                    return all;
                });
        watcher.onEnd(() -> remove(watched, network, watcher));
    }

    boolean anyOf(String tenant) {
        return byTenant.containsKey(tenant);
    }

    /** Tells those who watch the comment's thread; nobody else of this or any other tenant. */
    void tell(String tenant, ThreadNews news) {
        byThread.getOrDefault(new Watched(tenant, news.site(), news.article()), Set.of())
                .forEach(watcher -> watcher.offer(LiveEvent.of(news)));
    }

    /** Tells everybody that something may have been missed. */
    void tellAllToAskAnew() {
        byThread.values().forEach(set -> set.forEach(watcher -> watcher.offer(LiveEvent.RESYNC)));
    }

    int open() {
        return byThread.values().stream().mapToInt(Set::size).sum();
    }

    /** An open stream counts as a request that the end would wait for. */
    void drain(@Observes ShutdownDelayInitiatedEvent shutdown) {
        endAll();
    }

    void end(@Observes ShutdownEvent shutdown) {
        endAll();
    }

    private void endAll() {
        byThread.values().forEach(set -> set.forEach(Watcher::end));
    }

    private void remove(Watched watched, String network, Watcher watcher) {
        byThread.computeIfPresent(
                watched,
                (_, set) -> {
                    set.remove(watcher);
                    return set.isEmpty() ? null : set;
                });
        given(byTenant, watched.tenant());
        given(byNetwork, network);
        given(bySite, site(watched));
    }

    private static String site(Watched watched) {
        return watched.tenant() + " " + watched.site();
    }

    /** Counts one more, unless there are enough. */
    private static boolean taken(Map<String, Integer> counts, String name, int most) {
        var refused = new boolean[1];
        counts.compute(
                name,
                (_, count) -> {
                    refused[0] = count != null && count >= most;
                    return refused[0] ? count : (count == null ? 0 : count) + 1;
                });
        return !refused[0];
    }

    private static void given(Map<String, Integer> counts, String name) {
        counts.computeIfPresent(name, (_, count) -> count <= 1 ? null : count - 1);
    }
}
