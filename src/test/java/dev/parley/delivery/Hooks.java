package dev.parley.delivery;

import dev.parley.outbox.Departure;
import dev.parley.outbox.Outbox;
import dev.parley.tenant.TenantContext;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Calls the jobs of the webhooks by hand. */
@ApplicationScoped
public class Hooks {

    private final Post post;
    private final Outbox outbox;
    private final WebhookSender sender;
    private final WebhookRounds rounds;
    private final TenantContext context;

    Hooks(Post post, Outbox outbox, WebhookSender sender, WebhookRounds rounds, TenantContext context) {
        this.post = post;
        this.outbox = outbox;
        this.sender = sender;
        this.rounds = rounds;
        this.context = context;
    }

    /** Relays a tenant's events and sends what is due, until nothing is. */
    public void go(String tenant) {
        post.relay(tenant);
        send(tenant);
    }

    /** Sends what is due for all of a tenant's webhooks, one after the other. */
    void send(String tenant) {
        context.run(
                tenant,
                () ->
                        sender.ready()
                                .forEach(webhook -> {
                                    while (sender.send(webhook) > 0) {
                                        // The next batch.
                                    }
                                }));
    }

    /** What the clock does every second, until all lanes have ended. */
    void tick() {
        rounds.sendWhatIsDue();
        until("lanes end", () -> !rounds.isBusy());
    }

    /** What the clock does every minute, until all lanes have ended. */
    void sweep() {
        rounds.sweep();
        until("lanes end", () -> !rounds.isBusy());
    }

    /** Starts the lanes and does not wait for them. */
    void start() {
        rounds.sweep();
    }

    boolean isBusy() {
        return rounds.isBusy();
    }

    /** What the clock would do next: single deliveries that failed before are due later. */
    void keepOn(String tenant) {
        if (!rounds.isBusy()) {
            try {
                makeDue(tenant);
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
            rounds.sweep();
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }

    /** Calls what is due, but dies before that is written down. */
    void sendAndDie(String tenant, UUID webhook) {
        context.run(
                tenant,
                () -> {
                    var batch = sender.claim(webhook).orElseThrow();
                    batch.deliveries().forEach(delivery -> sender.dial(batch, delivery));
                });
    }

    /** Claims what is due. */
    WebhookSender.Batch claim(String tenant, UUID webhook) {
        return context.call(tenant, () -> sender.claim(webhook).orElseThrow());
    }

    /** Ends what was claimed, as if the receiver had answered so. */
    void end(String tenant, WebhookSender.Batch batch, int status) {
        context.run(
                tenant,
                () ->
                        batch.deliveries()
                                .forEach(delivery -> sender.end(batch, delivery, Dialler.Outcome.answered(status))));
    }

    /** Writes an event into the outbox. */
    void add(String tenant, Departure event) {
        context.run(tenant, () -> QuarkusTransaction.requiringNew().run(() -> outbox.add(tenant, event)));
    }

    /** Lets the time pass for which deliveries and failing webhooks wait. */
    void makeDue(String tenant) throws java.sql.SQLException {
        // One after the other: senders lock a webhook before its deliveries.
        post.run(
                "update webhook_delivery set due_at = now() - interval '1 second'"
                        + " where state = 'WAITING' and tenant_id = '%s'".formatted(tenant));
        post.run(
                "update webhook set retry_at = now() - interval '1 second'"
                        + " where retry_at is not null and tenant_id = '%s'".formatted(tenant));
        post.run(
                "update webhook set asked_until = now() - interval '1 second'"
                        + " where asked_until is not null and tenant_id = '%s'".formatted(tenant));
    }

    static void until(String what, BooleanSupplier done) {
        until(what, Duration.ofSeconds(30), done);
    }

    static void until(String what, Duration patience, BooleanSupplier done) {
        var end = Instant.now().plus(patience);
        while (!done.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("Waited in vain: " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
