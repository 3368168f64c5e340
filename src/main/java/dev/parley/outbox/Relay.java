package dev.parley.outbox;

import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Hands what waits in the entered tenant's outbox to the receivers, at least once. Several replicas may do so at the
 * same time: each event is locked while it is handed over, and an event waits for the earlier versions of its subject.
 */
@ApplicationScoped
public class Relay {

    /** How long to wait after each failure; after the last one the event is left aside and later versions go on. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(2));

    /** After so many failures an event is left aside. */
    public static final int ATTEMPTS = PAUSES.size() + 1;

    private static final int BATCH = 200;
    private static final Duration KEPT = Duration.ofDays(7);
    private static final Logger LOG = Logger.getLogger(Relay.class);

    private final OutboxEventRepository repository;
    private final List<Receiver> receivers;
    private final Clock clock;

    Relay(OutboxEventRepository repository, @All List<Receiver> receivers, Clock clock) {
        this.repository = repository;
        this.receivers = receivers;
        this.clock = clock;
    }

    /**
     * Hands over what is due, at most 200 events, each in a transaction of its own. Must not be called in one.
     *
     * @return how many were settled; ask again if it is not zero
     */
    public int deliver(String tenant) {
        var due = QuarkusTransaction.requiringNew().call(() -> repository.due(tenant, clock.instant(), BATCH));
        Map<Boolean, List<OutboxEventRepository.Due>> byInterest =
                due.stream().collect(Collectors.partitioningBy(event -> isWanted(event.type())));
        int settled = pass(byInterest.getOrDefault(false, List.of()));
        for (var event : byInterest.getOrDefault(true, List.of())) {
            settled += handOver(event.id()) ? 1 : 0;
        }
        return settled;
    }

    /** Deletes a batch of what was delivered a week ago, and says how many those were. */
    @Transactional
    public int purge() {
        return repository.deleteDelivered(clock.instant().minus(KEPT), 1_000);
    }

    /** What nobody waits for is delivered at once. */
    private int pass(List<OutboxEventRepository.Due> events) {
        if (events.isEmpty()) {
            return 0;
        }
        var ids = events.stream().map(OutboxEventRepository.Due::id).toList();
        return QuarkusTransaction.requiringNew().call(() -> repository.markDelivered(ids, clock.instant()));
    }

    private boolean handOver(UUID id) {
        try {
            return QuarkusTransaction.requiringNew()
                    .call(() -> {
                        var found = repository.lock(id);
                        found.ifPresent(this::receive);
                        return found.isPresent();
                    });
        } catch (RuntimeException e) {
            QuarkusTransaction.requiringNew().run(() -> repository.lock(id).ifPresent(event -> failed(event, e)));
            return false;
        }
    }

    private void receive(OutboxEvent event) {
        for (var receiver : receivers) {
            if (receiver.wants(event.type)) {
                receiver.receive(event.delivery());
            }
        }
        event.deliveredAt = clock.instant();
    }

    private void failed(OutboxEvent event, RuntimeException e) {
        event.attempts++;
        event.lastError = cause(e).getClass().getName(); // no message: it may repeat what it was given
        if (event.attempts < ATTEMPTS) {
            event.dueAt = clock.instant().plus(PAUSES.get(event.attempts - 1));
        } else {
            LOG.errorf(
                    "Event %s (%s) of tenant %s was given up after %d attempts: %s",
                    event.id, event.type, event.tenantId, event.attempts, event.lastError);
        }
    }

    private static Throwable cause(Throwable e) {
        return e.getCause() == null ? e : cause(e.getCause());
    }

    private boolean isWanted(String type) {
        return receivers.stream().anyMatch(receiver -> receiver.wants(type));
    }
}
