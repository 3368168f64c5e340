package dev.parley.moderation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.parley.moderation.QueueRepository.Tallies;
import dev.parley.tenant.TenantContext;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * How many wait, by what they can be filtered by. All who may see the same sites share one count, since with many
 * waiting it is the dearest thing that the queue asks. Where it takes so long that somebody would notice, nobody waits
 * for it while there is an earlier one: that is told until the next is there, and counting takes a tenth of the time at
 * most.
 */
@ApplicationScoped
class QueueCounts {

    /** What other replicas did is seen after this. */
    static final Duration OLDEST = Duration.ofSeconds(2);

    /** No view is counted more often than this, however much is decided. */
    static final Duration LEAST = Duration.ofSeconds(1);

    /** Who would wait longer than this for a count is told the one before. */
    static final Duration DEAR = Duration.ofMillis(100);

    /** So many times what the last count took it is taken for good at least, and twice as many told at most. */
    private static final int TIMES = 10;

    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Logger LOG = Logger.getLogger(QueueCounts.class);

    private record View(String tenant, QueueFilter filter) {}

    /**
     * @param begunAt when the count began, in nanoseconds of the ticker: what was done later it may not have seen
     * @param took nanoseconds
     */
    private record Counted(Tallies tallies, long begunAt, long took) {
        boolean isDear() {
            return took > DEAR.toNanos();
        }
    }

    private final QueueRepository repository;
    private final TenantContext context;
    private final Clock clock;
    private final Ticker ticker;
    private final Cache<View, Counted> counted;

    /** When something was last done to the queue of a tenant in this replica. */
    private final Cache<String, Long> touched;

    /** Of which a count is being made while an earlier one is told. */
    private final Set<View> recounting = ConcurrentHashMap.newKeySet();

    @Inject
    QueueCounts(QueueRepository repository, TenantContext context, Clock clock) {
        this(repository, context, clock, Ticker.systemTicker());
    }

    QueueCounts(QueueRepository repository, TenantContext context, Clock clock, Ticker ticker) {
        this.repository = repository;
        this.context = context;
        this.clock = clock;
        this.ticker = ticker;
        this.counted = Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(1_000).ticker(ticker).build();
        this.touched = Caffeine.newBuilder().expireAfterWrite(OLDEST).maximumSize(10_000).ticker(ticker).build();
    }

    /**
     * How many wait in the entered tenant. What was done in this replica is counted once the last count is a second
     * old, what was done elsewhere once it is two; if a count takes more than a tenth of a second, once it is as old as
     * ten counts, and then whoever asks is told the last one until the next is there. None is told that is older than
     * that by another ten.
     *
     * @param filter of which it makes no difference whether it asks for what is escalated, and for which order
     */
    Tallies of(QueueFilter filter) {
        var view = new View(context.current(), filter);
        var known = counted.getIfPresent(view);
        if (known != null && isGood(view, known)) {
            return known.tallies();
        }
        if (known != null && known.isDear() && age(known) < OLDEST.toNanos() + 2 * TIMES * known.took()) {
            recount(view);
            return known.tallies();
        }
        // Many who ask at once wait for one count.
        return counted.asMap()
                .compute(view, (_, last) -> last != null && isGood(view, last) ? last : count(filter))
                .tallies();
    }

    void touched(@Observes(during = TransactionPhase.AFTER_SUCCESS) QueueTouched change) {
        touched.put(change.tenant(), ticker.read());
    }

    /** In the background, and once at a time. */
    private void recount(View view) {
        if (recounting.add(view)) {
            Thread.ofVirtual()
                    .name("counts of " + view.tenant())
                    .start(() -> {
                        try {
                            counted.put(view, context.call(view.tenant(), () -> count(view.filter())));
                        } catch (RuntimeException e) {
                            LOG.debugf(e, "What waits in %s was not counted", view.tenant());
                        } finally {
                            recounting.remove(view);
                        }
                    });
        }
    }

    private long age(Counted known) {
        return ticker.read() - known.begunAt();
    }

    private boolean isGood(View view, Counted known) {
        long age = age(known);
        if (known.isDear()) {
            return age < TIMES * known.took();
        }
        if (age >= OLDEST.toNanos()) {
            return false;
        }
        var change = touched.getIfPresent(view.tenant());
        return age < LEAST.toNanos() || change == null || change - known.begunAt() < 0;
    }

    private Counted count(QueueFilter filter) {
        long begunAt = ticker.read();
        var tallies =
                QuarkusTransaction.requiringNew()
                        .call(() -> repository.tallies(context.current(), filter, clock.instant()));
        return new Counted(tallies, begunAt, ticker.read() - begunAt);
    }
}
