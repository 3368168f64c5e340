package dev.parley.delivery;

import static java.util.stream.Collectors.toSet;

import dev.parley.identity.Members;
import dev.parley.identity.Staff;
import dev.parley.moderation.QueueNews;
import dev.parley.platform.Repeats;
import dev.parley.platform.TooManyRequests;
import dev.parley.tenant.TenantContext;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Which staff have a queue before them on this replica, and hear of its changes on the sites that are theirs. */
@ApplicationScoped
class Desks {

    private static final Logger LOG = Logger.getLogger(Desks.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    /** A stream, and who was admitted to it. */
    private record Desk(Staff staff, Watcher watcher) {}

    private final LiveConfig config;
    private final Members members;
    private final TenantContext context;
    private final Map<String, Set<Desk>> byTenant = new ConcurrentHashMap<>();

    Desks(LiveConfig config, Members members, TenantContext context, MeterRegistry registry) {
        this.config = config;
        this.members = members;
        this.context = context;
        Gauge.builder("parley.live.streams", this, Desks::open)
                .description("Live streams that are open in this replica")
                .tag("of", "STAFF")
                .register(registry);
    }

    /**
     * Adds a stream until it ends.
     *
     * @throws TooManyRequests if the member has enough of them
     */
    void add(String tenant, Staff staff, Watcher watcher) {
        var desk = new Desk(staff, watcher);
        byTenant.compute(
                tenant,
                (_, set) -> {
                    var all = set == null ? ConcurrentHashMap.<Desk>newKeySet() : set;
                    if (all.stream().filter(other -> other.staff.id().equals(staff.id())).count()
                            >= config.perMember()) {
                        throw new TooManyRequests(TRY_AGAIN);
                    }
                    all.add(desk);
                    return all;
                });
        watcher.onEnd(() -> remove(tenant, desk));
    }

    boolean anyOf(String tenant) {
        return byTenant.containsKey(tenant);
    }

    /** Tells the tenant's staff who may see the comment's site; nobody else. */
    void tell(String tenant, QueueNews news) {
        byTenant.getOrDefault(tenant, Set.of()).stream()
                .filter(desk -> desk.staff.maySee(news.site()))
                .forEach(desk -> desk.watcher.offer(LiveEvent.of(news, desk.staff.id())));
    }

    /** Tells everybody that something may have been missed. */
    void tellAllToAskAnew() {
        byTenant.values().forEach(set -> set.forEach(desk -> desk.watcher.offer(LiveEvent.RESYNC)));
    }

    int open() {
        return byTenant.values().stream().mapToInt(Set::size).sum();
    }

    void begin(@Observes StartupEvent start, Repeats repeats) {
        repeats.every(Duration.ofSeconds(5), this::lookAgain);
    }

    /**
     * Ends the streams of those who were removed, whose role or sites are others now, and of tenants that are served no
     * more. Whoever still may comes back and is admitted as they are now. One question per tenant, for all its streams.
     */
    void lookAgain() {
        byTenant.forEach((tenant, desks) -> {
            try {
                var present = List.copyOf(desks); // who comes meanwhile was admitted just now
                var people = present.stream().map(desk -> desk.staff.id()).collect(toSet());
                var now = context.call(tenant, () -> members.standing(people));
                present.stream()
                        .filter(desk -> !desk.staff.equals(now.get(desk.staff.id())))
                        .forEach(desk -> desk.watcher.end());
            } catch (RuntimeException e) {
                // Who can't be looked at is not let go on: what they may see is not known.
                LOG.debugf("Members could not be read: %s", e.getClass().getName());
                desks.forEach(desk -> desk.watcher.end());
            }
        });
    }

    /** An open stream counts as a request that the end would wait for. */
    void drain(@Observes ShutdownDelayInitiatedEvent shutdown) {
        endAll();
    }

    void end(@Observes ShutdownEvent shutdown) {
        endAll();
    }

    private void endAll() {
        byTenant.values().forEach(set -> set.forEach(desk -> desk.watcher.end()));
    }

    private void remove(String tenant, Desk desk) {
        byTenant.computeIfPresent(
                tenant,
                (_, set) -> {
                    set.remove(desk);
                    return set.isEmpty() ? null : set;
                });
    }
}
