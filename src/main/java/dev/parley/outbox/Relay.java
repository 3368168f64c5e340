package dev.parley.outbox;

import dev.parley.platform.Pipeline;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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

    /** Whether more may wait. */
    public enum Again {
        /** Nothing was due. */
        NO,
        /** All that was due is settled; what another process wrote meanwhile may have waited for it. */
        NEXT_ROUND,
        /** The batch was full, or later versions waited for it. */
        AT_ONCE
    }

    /** After so many failures an event is left aside. */
    public static final int ATTEMPTS = PAUSES.size() + 1;

    private static final int BATCH = 200;
    private static final Duration KEPT = Duration.ofDays(7);
    private static final Logger LOG = Logger.getLogger(Relay.class);

    private final OutboxEventRepository repository;
    private final List<Receiver> receivers;
    private final Pipeline pipeline;
    private final Clock clock;

    Relay(OutboxEventRepository repository, @All List<Receiver> receivers, Pipeline pipeline, Clock clock) {
        this.repository = repository;
        this.receivers = receivers;
        this.pipeline = pipeline;
        this.clock = clock;
    }

    /**
     * Hands over what is due, at most 200 events: all in one transaction, or, if one of them can't be taken, each in a
     * transaction of its own. Must not be called in one.
     */
    public Again deliver(String tenant) {
        var tried = new ArrayList<UUID>();
        try {
            return QuarkusTransaction.requiringNew()
                    .call(() -> {
                        var due = repository.lockDue(tenant, clock.instant(), BATCH);
                        due.forEach(event -> tried.add(event.id));
                        receive(due);
                        if (due.isEmpty()) {
                            return Again.NO;
                        }
                        return settle(due) || due.size() == BATCH ? Again.AT_ONCE : Again.NEXT_ROUND;
                    });
        } catch (RuntimeException e) {
            LOG.debugf("%d events of tenant %s are tried one by one: %s", tried.size(), tenant, e.getClass().getName());
            if (tried.isEmpty()) {
                throw e;
            }
            return tried.stream().filter(this::handOver).count() > 0 ? Again.AT_ONCE : Again.NO;
        }
    }

    /** Deletes a batch of what was delivered a week ago, and says how many those were. */
    @Transactional
    public int purge() {
        return repository.deleteDelivered(clock.instant().minus(KEPT), 1_000);
    }

    private boolean handOver(UUID id) {
        try {
            return QuarkusTransaction.requiringNew()
                    .call(() -> {
                        var found = repository.lock(id);
                        found.ifPresent(event -> {
                            receive(List.of(event));
                            settle(List.of(event));
                        });
                        return found.isPresent();
                    });
        } catch (RuntimeException e) {
            QuarkusTransaction.requiringNew().run(() -> repository.lock(id).ifPresent(event -> failed(event, e)));
            return false;
        }
    }

    private void receive(List<OutboxEvent> events) {
        for (var receiver : receivers) {
            var wanted = events.stream().filter(e -> receiver.wants(e.type)).map(OutboxEvent::delivery).toList();
            if (!wanted.isEmpty()) {
                receiver.receive(wanted);
            }
        }
    }

    /** Marks events as delivered, and says whether later versions waited for that. */
    private boolean settle(List<OutboxEvent> events) {
        var tenant = events.getFirst().tenantId;
        pipeline.send(
                "update outbox_event set delivered_at = ? where tenant_id = ? and id = any (?)",
                clock.instant(),
                tenant,
                events.stream().map(event -> event.id).toArray(UUID[]::new));
        return pipeline.ask(
                        "select exists (select 1 from outbox_event where tenant_id = ? and subject_id = any (?)"
                                + " and delivered_at is null and attempts < ?)",
                        rows -> rows.next() && rows.getBoolean(1),
                        tenant,
                        events.stream().map(event -> event.subjectId).toArray(UUID[]::new),
                        ATTEMPTS)
                .get();
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
}
