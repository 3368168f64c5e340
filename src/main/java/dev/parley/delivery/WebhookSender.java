package dev.parley.delivery;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.delivery.DeliveryRepository.Claimed;
import dev.parley.delivery.DeliveryRepository.End;
import dev.parley.tenant.TenantContext;
import dev.parley.tenant.Tenants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Sends the entered tenant's deliveries, at least once: claimed in one transaction, called in none, and ended in
 * another. Where the last step is lost the delivery comes again, with the same {@code webhook-id}.
 */
@ApplicationScoped
class WebhookSender {

    /** So many attempts in a row may fail before all but a trial now and then wait. */
    static final int FAILURES_BEFORE_PAUSE = 5;

    /** A webhook that got nothing through for so long is switched off. */
    static final Duration FAILING_AT_MOST = Duration.ofDays(5);

    /** More than the calls of a whole batch can take. */
    private static final Duration CLAIM = Duration.ofSeconds(60);

    private static final int GONE = 410;
    private static final Logger LOG = Logger.getLogger(WebhookSender.class);

    /**
     * What goes to a webhook now.
     *
     * @param secretVersion of the secret that signs; with {@code overlap} the one before signs too
     */
    record Batch(UUID webhook, String address, int secretVersion, boolean overlap, List<Claimed> deliveries) {}

    private final WebhookRepository webhooks;
    private final DeliveryRepository deliveries;
    private final WebhookSecrets secrets;
    private final WebhookConfig config;
    private final Dialler dialler;
    private final AuditTrail trail;
    private final Tenants tenants;
    private final TenantContext context;
    private final Clock clock;

    /** Claims and ends of all tenants use so many connections to the database at most; the rest is for people. */
    private final Bookings bookings = new Bookings(4);

    WebhookSender(
            WebhookRepository webhooks,
            DeliveryRepository deliveries,
            WebhookSecrets secrets,
            WebhookConfig config,
            Dialler dialler,
            AuditTrail trail,
            Tenants tenants,
            TenantContext context,
            Clock clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.secrets = secrets;
        this.config = config;
        this.dialler = dialler;
        this.trail = trail;
        this.tenants = tenants;
        this.context = context;
        this.clock = clock;
    }

    /** Webhooks that something can be sent to now. */
    List<UUID> ready() {
        return book(() -> webhooks.ready(context.current(), clock.instant()));
    }

    /** When something can be sent to a webhook next; empty if nothing waits. */
    Optional<Instant> next(UUID webhook) {
        return book(() -> webhooks.next(context.current(), webhook));
    }

    /** Gives up what is too old, of webhooks that get nothing through. */
    int expire() {
        return book(() -> deliveries.expire(context.current(), clock.instant()));
    }

    /**
     * Sends a batch of what is due for a webhook, several calls at once; of each comment only the earliest. Must not be
     * called in a transaction.
     *
     * @return how many calls were made; ask again if it is not zero
     */
    int send(UUID webhook) {
        var batch = claim(webhook);
        batch.ifPresent(this::call);
        return batch.map(b -> b.deliveries().size()).orElse(0);
    }

    /** Claims what is due. Of a webhook that is failing one delivery is tried, by one replica. */
    Optional<Batch> claim(UUID id) {
        return book(() -> {
            var now = clock.instant();
            var webhook = webhooks.lock(id).filter(w -> w.enabled).orElse(null);
            if (webhook == null || webhook.waits(now)) {
                return Optional.<Batch>empty();
            }
            if (webhook.retryAt != null) {
                webhook.retryAt = now.plus(CLAIM);
            }
            int most = webhook.retryAt != null ? 1 : webhook.failures > 0 ? config.atOnce() : 4 * config.atOnce();
            var claimed = deliveries.claim(context.current(), id, now, now.plus(CLAIM), most);
            return Optional.of(
                    new Batch(id, webhook.address, webhook.secretVersion, webhook.overlap(now) != null, claimed));
        });
    }

    private void call(Batch batch) {
        var air = new Semaphore(config.atOnce());
        var asked = new AtomicBoolean();
        var ends = new Ends(some -> write(batch, some));
        var tenant = context.current();
        var calls =
                batch.deliveries().stream()
                        .map(delivery ->
                                Thread.ofVirtual()
                                        .name("webhook " + delivery.id())
                                        .start(() -> {
                                            air.acquireUninterruptibly();
                                            try {
                                                context.run(tenant, () -> call(batch, delivery, asked, ends));
                                            } finally {
                                                air.release();
                                            }
                                        }))
                        .toList();
        for (var call : calls) {
            join(call);
        }
    }

    /**
     * What is left here, because the tenant was suspended meanwhile or something broke, is due when its claim lapses.
     *
     * @param asked whether the receiver asked not to be called for a while; the rest of the batch waits for that
     */
    private void call(Batch batch, Claimed delivery, AtomicBoolean asked, Ends ends) {
        try {
            if (asked.get()) {
                giveBack(delivery);
            } else if (tenants.isActive(context.current())) {
                var outcome = dial(batch, delivery);
                if (RetryAfter.of(outcome.retryAfter(), clock.instant()).isPositive()) {
                    asked.set(true);
                }
                ends.add(new End(delivery, outcome));
            }
        } catch (RuntimeException e) {
            LOG.errorf(
                    "Delivery %s of tenant %s was left: %s", delivery.id(), context.current(), e.getClass().getName());
            LOG.debug("A delivery was left", e);
        }
    }

    private void giveBack(Claimed delivery) {
        book(() -> {
            deliveries.giveBack(context.current(), delivery, clock.instant());
            return true;
        });
    }

    private static void join(Thread call) {
        try {
            call.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Calls the receiver. In no transaction: it may take five seconds. */
    Dialler.Outcome dial(Batch batch, Claimed delivery) {
        var now = clock.instant();
        return dialler.post(
                batch.address(),
                Map.of(
                        "content-type",
                        "application/json",
                        "user-agent",
                        "Parley",
                        "webhook-id",
                        delivery.id().toString(),
                        "webhook-timestamp",
                        Long.toString(now.getEpochSecond()),
                        "webhook-signature",
                        secrets.signature(
                                batch.webhook(),
                                batch.secretVersion(),
                                batch.overlap(),
                                delivery.id(),
                                now,
                                delivery.payload())),
                delivery.payload());
    }

    /** Writes down what became of a call. */
    void end(Batch batch, Claimed delivery, Dialler.Outcome outcome) {
        write(batch, List.of(new End(delivery, outcome)));
    }

    private void write(Batch batch, List<End> ends) {
        book(() -> {
            var now = clock.instant();
            if (ends.getFirst().isTaken()) {
                deliveries.delivered(context.current(), ends, now);
                webhooks.works(context.current(), batch.webhook());
            } else {
                fail(batch.webhook(), ends.getFirst().delivery(), ends.getFirst().outcome(), now);
            }
            return true;
        });
    }

    private void fail(UUID id, Claimed delivery, Dialler.Outcome outcome, Instant now) {
        boolean gone = Objects.equals(outcome.status(), GONE);
        var asked = RetryAfter.of(outcome.retryAfter(), now);
        var pause = Backoff.after(delivery.attempt(), chance());
        var again = now.plus(asked.compareTo(pause) > 0 ? asked : pause);
        webhooks.lock(id)
                .ifPresent(webhook -> {
                    webhook.failures++;
                    if (asked.isPositive()) {
                        webhook.waitUntil(now.plus(asked));
                    }
                    webhook.failingSince = webhook.failingSince == null ? now : webhook.failingSince;
                    if (webhook.failures >= FAILURES_BEFORE_PAUSE) {
                        webhook.retryAt =
                                now.plus(Backoff.after(webhook.failures - FAILURES_BEFORE_PAUSE + 1, chance()));
                    }
                    if (webhook.enabled && (gone || hasFailedLong(webhook, now))) {
                        switchOff(webhook, gone ? WebhookDisabled.GONE : WebhookDisabled.FAILING);
                    }
                });
        deliveries.failed(context.current(), delivery, outcome, gone, again, now);
    }

    private static boolean hasFailedLong(Webhook webhook, Instant now) {
        return webhook.failingSince != null && !webhook.failingSince.plus(FAILING_AT_MOST).isAfter(now);
    }

    private void switchOff(Webhook webhook, WebhookDisabled why) {
        webhook.enabled = false;
        webhook.disabledBecause = why;
        LOG.warnf("Webhook %s of tenant %s was switched off: %s", webhook.id, webhook.tenantId, why);
        trail.add(
                webhook.tenantId,
                new Act(
                        Act.By.SYSTEM,
                        Action.WEBHOOK_DISABLED,
                        "webhook",
                        webhook.id.toString(),
                        Map.of("reason", why)));
    }

    private static double chance() {
        return ThreadLocalRandom.current().nextDouble();
    }

    private <T> T book(Callable<T> work) {
        return bookings.book(context.current(), () -> QuarkusTransaction.requiringNew().call(work));
    }
}
