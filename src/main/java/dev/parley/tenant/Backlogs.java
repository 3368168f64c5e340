package dev.parley.tenant;

import dev.parley.outbox.Relay;
import dev.parley.platform.Repeats;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What waits in queues and outboxes, as metrics. It is counted about once a minute, inside the tenant's walls, by
 * whichever replica comes first, and kept in the directory; every replica reports what is kept there, so all say the
 * same. A scrape asks no database.
 */
@ApplicationScoped
public class Backlogs {

    /** Less than between two rounds of one replica, so that each is counted every other round at the latest. */
    private static final Duration FRESH = Duration.ofSeconds(50);

    private final Rounds rounds;
    private final Tenants tenants;
    private final TenantLabels labels;
    private final TenantContext context;
    private final EntityManager entityManager;
    private final Clock clock;
    private final MeterRegistry registry;
    private final List<Measure> measures;
    private volatile Instant read;

    /** What waits for a tenant, or for several. Moments are null where nothing waits. */
    private record Backlog(
            long pending,
            @Nullable Instant pendingSince,
            long undelivered,
            @Nullable Instant undeliveredSince,
            long givenUp) {

        Backlog and(Backlog other) {
            return new Backlog(
                    pending + other.pending,
                    earlier(pendingSince, other.pendingSince),
                    undelivered + other.undelivered,
                    earlier(undeliveredSince, other.undeliveredSince),
                    givenUp + other.givenUp);
        }

        private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
            return one == null || (other != null && other.isBefore(one)) ? other : one;
        }
    }

    /** One gauge for each label, and what of a backlog it shows. */
    private record Measure(MultiGauge gauge, ToDoubleFunction<Backlog> value) {

        void show(Map<String, Backlog> byLabel) {
            gauge.register(
                    byLabel.entrySet().stream()
                            .<Row<?>>map(e -> Row.of(Tags.of(TenantLabels.TENANT, e.getKey()), e.getValue(), value))
                            .toList(),
                    true);
        }
    }

    Backlogs(
            Rounds rounds,
            Tenants tenants,
            TenantLabels labels,
            TenantContext context,
            EntityManager entityManager,
            Clock clock,
            MeterRegistry registry) {
        this.rounds = rounds;
        this.tenants = tenants;
        this.labels = labels;
        this.context = context;
        this.entityManager = entityManager;
        this.clock = clock;
        this.registry = registry;
        this.read = clock.instant();
        this.measures =
                List.of(
                        measure("parley.queue.items", "Comments that wait for a moderator", Backlog::pending),
                        measure(
                                "parley.queue.oldest.seconds",
                                "How long the oldest of them has waited",
                                b -> age(b.pendingSince())),
                        measure("parley.outbox.events", "Events that wait to be handed over", Backlog::undelivered),
                        measure(
                                "parley.outbox.oldest.seconds",
                                "How long the oldest of them has waited",
                                b -> age(b.undeliveredSince())),
                        measure("parley.outbox.given.up", "Events that were left aside", Backlog::givenUp));
        Gauge.builder("parley.backlog.age.seconds", () -> age(read))
                .description("Since when the numbers of queue and outbox were not read again")
                .register(registry);
    }

    void begin(@Observes StartupEvent start, Repeats repeats) {
        repeats.every(Duration.ofSeconds(30), Duration.ofSeconds(5), this::look);
    }

    /** Counts what was not counted lately, and shows what was counted by anybody. */
    public void look() {
        count(fresh(clock.instant().minus(FRESH)));
    }

    /** The same for all tenants, however lately they were counted. */
    public void lookAtAll() {
        count(Set.of());
    }

    private void count(Set<String> fresh) {
        var due = tenants.activeIds().stream().filter(tenant -> !fresh.contains(tenant)).toList();
        rounds.each("Looking at what waits", due, _ -> QuarkusTransaction.requiringNew().run(this::countMine));
        var byLabel = byLabel();
        measures.forEach(measure -> measure.show(byLabel));
        read = clock.instant();
    }

    private void countMine() {
        entityManager
                .createNativeQuery(
                        "insert into tenant_backlog (id, pending, pending_since, undelivered, undelivered_since,"
                                + " given_up, measured_at)"
                                + " select :tenant, q.pending, q.since, o.undelivered, o.since, o.given_up, :now"
                                + " from (select count(*) as pending, min(entered_at) as since"
                                + " from queue_item where tenant_id = :tenant) q,"
                                + " (select count(*) filter (where attempts < :attempts) as undelivered,"
                                + " min(created_at) filter (where attempts < :attempts) as since,"
                                + " count(*) filter (where attempts >= :attempts) as given_up"
                                + " from outbox_event where tenant_id = :tenant and delivered_at is null) o"
                                + " on conflict (id) do update set pending = excluded.pending,"
                                + " pending_since = excluded.pending_since, undelivered = excluded.undelivered,"
                                + " undelivered_since = excluded.undelivered_since, given_up = excluded.given_up,"
                                + " measured_at = excluded.measured_at")
                .setParameter("tenant", context.current())
                .setParameter("attempts", Relay.ATTEMPTS)
                .setParameter("now", clock.instant())
                .executeUpdate();
    }

    private Set<String> fresh(Instant since) {
        List<?> ids =
                QuarkusTransaction.requiringNew()
                        .call(() ->
                                entityManager
                                        .createNativeQuery("select id from tenant_backlog where measured_at > :since")
                                        .setParameter("since", since)
                                        .getResultList());
        return ids.stream().map(String.class::cast).collect(Collectors.toSet());
    }

    private Map<String, Backlog> byLabel() {
        Map<String, Backlog> byLabel = new TreeMap<>();
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    List<?> rows =
                            entityManager
                                    .createNativeQuery(
                                            "select b.id, b.pending, b.pending_since, b.undelivered,"
                                                    + " b.undelivered_since, b.given_up from tenant_backlog b"
                                                    + " join tenant t on t.id = b.id where t.status = 'ACTIVE'")
                                    .getResultList();
                    for (var row : rows) {
                        var fields = (Object[]) row;
                        byLabel.merge(labels.of((String) fields[0]), backlog(fields), Backlog::and);
                    }
                });
        return byLabel;
    }

    private Measure measure(String name, String what, ToDoubleFunction<Backlog> value) {
        return new Measure(MultiGauge.builder(name).description(what).register(registry), value);
    }

    /** In seconds; 0 of nothing. */
    private double age(@Nullable Instant since) {
        return since == null ? 0 : Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1e3);
    }

    private static Backlog backlog(Object[] fields) {
        return new Backlog(
                number(fields[1]), moment(fields[2]), number(fields[3]), moment(fields[4]), number(fields[5]));
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }

    private static @Nullable Instant moment(@Nullable Object value) {
        return value == null ? null : Loads.moment(value);
    }
}
