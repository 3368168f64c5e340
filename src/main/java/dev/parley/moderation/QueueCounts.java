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

/**
 * How many wait, by what they can be filtered by. All who may see the same sites share one count, since with many
 * waiting it is the dearest thing that the queue asks.
 */
@ApplicationScoped
class QueueCounts {

    /** What other replicas did is seen after this. */
    static final Duration OLDEST = Duration.ofSeconds(2);

    /** No view is counted more often than this, however much is decided. */
    static final Duration LEAST = Duration.ofSeconds(1);

    private record View(String tenant, QueueFilter filter) {}

    /**
     * @param begunAt when the count began, in nanoseconds of the ticker: what was done later it may not have seen
     */
    private record Counted(Tallies tallies, long begunAt) {}

    private final QueueRepository repository;
    private final TenantContext context;
    private final Clock clock;
    private final Ticker ticker;
    private final Cache<View, Counted> counted;

    /** When something was last done to the queue of a tenant in this replica. */
    private final Cache<String, Long> touched;

    @Inject
    QueueCounts(QueueRepository repository, TenantContext context, Clock clock) {
        this(repository, context, clock, Ticker.systemTicker());
    }

    QueueCounts(QueueRepository repository, TenantContext context, Clock clock, Ticker ticker) {
        this.repository = repository;
        this.context = context;
        this.clock = clock;
        this.ticker = ticker;
        this.counted = Caffeine.newBuilder().expireAfterWrite(OLDEST).maximumSize(1_000).ticker(ticker).build();
        this.touched = Caffeine.newBuilder().expireAfterWrite(OLDEST).maximumSize(10_000).ticker(ticker).build();
    }

    /**
     * How many wait in the entered tenant. What was done in this replica is counted once the last count is a second
     * old, what was done elsewhere once it is two.
     *
     * @param filter of which it makes no difference whether it asks for what is escalated, and for which order
     */
    Tallies of(QueueFilter filter) {
        var view = new View(context.current(), filter);
        var known = counted.getIfPresent(view);
        if (known != null && isGood(view, known)) {
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

    private boolean isGood(View view, Counted known) {
        long age = ticker.read() - known.begunAt();
        if (age >= OLDEST.toNanos()) {
            return false;
        }
        var change = touched.getIfPresent(view.tenant());
        return age < LEAST.toNanos() || change == null || change - known.begunAt() < 0;
    }

    private Counted count(QueueFilter filter) {
        long begunAt = ticker.read();
        return new Counted(
                QuarkusTransaction.requiringNew()
                        .call(() -> repository.tallies(context.current(), filter, clock.instant())),
                begunAt);
    }
}
