package dev.parley.delivery;

import dev.parley.platform.Repeats;
import dev.parley.tenant.Rounds;
import dev.parley.tenant.TenantContext;
import dev.parley.tenant.Tenants;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Keeps a lane going for each webhook that something is due for: a thread of its own, so that no receiver waits for
 * another one. Nothing goes out for tenants that are not served.
 */
@ApplicationScoped
class WebhookRounds {

    private static final String NAME = "Telling webhooks";
    private static final Logger LOG = Logger.getLogger(WebhookRounds.class);

    private final Rounds rounds;
    private final Tenants tenants;
    private final TenantContext context;
    private final WebhookAgenda agenda;
    private final WebhookSender sender;
    private final Clock clock;

    /** Webhooks that have a lane in this process. */
    private final Set<UUID> lanes = ConcurrentHashMap.newKeySet();

    WebhookRounds(
            Rounds rounds,
            Tenants tenants,
            TenantContext context,
            WebhookAgenda agenda,
            WebhookSender sender,
            Clock clock) {
        this.rounds = rounds;
        this.tenants = tenants;
        this.context = context;
        this.agenda = agenda;
        this.sender = sender;
        this.clock = clock;
    }

    void begin(@Observes StartupEvent start, Repeats repeats) {
        repeats.every(Duration.ofSeconds(1), this::sendWhatIsDue);
        repeats.every(Duration.ofSeconds(60), this::sweep);
    }

    void sendWhatIsDue() {
        round(agenda.take(clock.instant()));
    }

    /** Finds what no note in memory told of. */
    void sweep() {
        var all = tenants.activeIds();
        rounds.each("Giving up deliveries", all, _ -> sender.expire());
        round(all);
    }

    /** Whether a lane is going in this process. */
    boolean isBusy() {
        return !lanes.isEmpty();
    }

    private void round(Collection<String> some) {
        rounds.each(
                NAME,
                some,
                tenant -> {
                    if (tenants.isActive(tenant)) {
                        sender.ready().forEach(webhook -> open(tenant, webhook));
                    }
                });
    }

    private void open(String tenant, UUID webhook) {
        if (lanes.add(webhook)) {
            Thread.ofVirtual().name("webhooks of " + tenant).start(() -> lane(tenant, webhook));
        } else {
            // Its lane may be about to end.
            agenda.add(tenant, clock.instant());
        }
    }

    private void lane(String tenant, UUID webhook) {
        try {
            context.run(
                    tenant,
                    () -> {
                        while (tenants.isActive(tenant) && sender.send(webhook) > 0) {
                            // The next batch.
                        }
                        sender.next(webhook).ifPresent(at -> agenda.add(tenant, at));
                    });
        } catch (RuntimeException e) {
            LOG.errorf("%s failed for tenant %s: %s", NAME, tenant, e.getClass().getName());
            LOG.debug(NAME, e);
        } finally {
            lanes.remove(webhook);
        }
    }
}
