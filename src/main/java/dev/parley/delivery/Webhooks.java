package dev.parley.delivery;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.delivery.DeliveryRepository.Counts;
import dev.parley.identity.Staff;
import dev.parley.platform.Conflict;
import dev.parley.platform.Cursors;
import dev.parley.platform.Ids;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.Json;
import dev.parley.platform.NotFound;
import dev.parley.platform.Page;
import dev.parley.platform.Turns;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one door to the webhooks of the entered tenant, for its admins. Who may see some sites only has to do with the
 * webhooks of those sites, and with no others.
 */
@ApplicationScoped
class Webhooks {

    private static final Counts NONE = new Counts(0, 0);

    private final WebhookRepository repository;
    private final DeliveryRepository deliveries;
    private final WebhookSecrets secrets;
    private final WebhookConfig config;
    private final WebhookAgenda agenda;
    private final Dialler dialler;
    private final Sites sites;
    private final AuditTrail trail;
    private final Cursors cursors;
    private final Json json;
    private final Turns turns;
    private final TenantContext context;
    private final Clock clock;

    Webhooks(
            WebhookRepository repository,
            DeliveryRepository deliveries,
            WebhookSecrets secrets,
            WebhookConfig config,
            WebhookAgenda agenda,
            Dialler dialler,
            Sites sites,
            AuditTrail trail,
            Cursors cursors,
            Json json,
            Turns turns,
            TenantContext context,
            Clock clock) {
        this.repository = repository;
        this.deliveries = deliveries;
        this.secrets = secrets;
        this.config = config;
        this.agenda = agenda;
        this.dialler = dialler;
        this.sites = sites;
        this.trail = trail;
        this.cursors = cursors;
        this.json = json;
        this.turns = turns;
        this.context = context;
        this.clock = clock;
    }

    /** The webhooks that a member may see, oldest first. */
    @Transactional
    List<WebhookView> all(Staff staff) {
        var counts = deliveries.counts(context.current());
        return repository.listAll(Sort.by("id")).stream()
                .filter(webhook -> maySee(webhook.ofSites(), staff))
                .map(webhook -> view(webhook, counts.getOrDefault(webhook.id, NONE)))
                .toList();
    }

    /**
     * Makes a webhook and its first secret.
     *
     * @throws InvalidInput if the address may not be called, or a site is not the member's
     * @throws Conflict if there are too many
     */
    @Transactional
    IssuedWebhook create(WebhookRequest request, Staff staff) {
        check(request, staff);
        turns.await(context.current(), "webhooks");
        if (repository.count() >= config.most()) {
            throw new Conflict("There are too many webhooks; delete those that are not used any more");
        }
        var webhook = new Webhook(Ids.next(), context.current(), request, staff.id(), clock.instant());
        repository.persist(webhook);
        note(staff, Action.WEBHOOK_CREATED, webhook, facts(webhook));
        return issued(webhook);
    }

    /** Replaces all but the secret. What waits goes to the new address. */
    @Transactional
    WebhookView change(UUID id, WebhookRequest request, Staff staff) {
        var webhook = mine(id, staff);
        check(request, staff);
        webhook.take(request);
        note(staff, Action.WEBHOOK_CHANGED, webhook, facts(webhook));
        agenda.addAfterCommit(context.current());
        return view(webhook);
    }

    /** Deletes a webhook with its log; what waits is not sent. */
    @Transactional
    void delete(UUID id, Staff staff) {
        var webhook = mine(id, staff);
        note(staff, Action.WEBHOOK_DELETED, webhook, facts(webhook));
        repository.delete(webhook);
    }

    /** Makes a new secret. For a day, or until that is ended, the one before signs too. */
    @Transactional
    IssuedWebhook rotate(UUID id, Staff staff) {
        var webhook = mine(id, staff);
        webhook.rotate(clock.instant());
        note(staff, Action.WEBHOOK_SECRET_ROTATED, webhook, Map.of("version", webhook.secretVersion));
        return issued(webhook);
    }

    /** From now on the present secret signs alone. */
    @Transactional
    void endPrevious(UUID id, Staff staff) {
        var webhook = mine(id, staff);
        if (webhook.overlap(clock.instant()) != null) {
            webhook.previousUntil = null;
            note(staff, Action.WEBHOOK_SECRET_ENDED, webhook, Map.of("version", webhook.secretVersion - 1));
        }
    }

    /**
     * Sends an event that says nothing.
     *
     * @throws Conflict if the webhook is off
     */
    @Transactional
    DeliveryView test(UUID id, Staff staff) {
        var webhook = working(id, staff);
        var now = clock.instant();
        var message = new WebhookMessage(WebhookEvent.TEST, now, WebhookMessage.Data.test(id));
        var delivery = new WebhookDelivery(Ids.next(), context.current(), id, json.write(message), now);
        deliveries.persist(delivery);
        note(staff, Action.WEBHOOK_TESTED, webhook, Map.of("delivery", delivery.id));
        agenda.addAfterCommit(context.current());
        return delivery.view();
    }

    /** A page of a webhook's log, newest first. */
    @Transactional
    Page<DeliveryView> log(UUID id, @Nullable DeliveryState state, int limit, @Nullable String cursor, Staff staff) {
        mine(id, staff);
        var listing = "webhook deliveries " + context.current() + " " + id + " " + state;
        var before = cursor == null ? null : UUID.fromString(cursors.read(listing, cursor));
        var found = deliveries.before(id, state, before, limit + 1);
        var items = found.stream().limit(limit).map(WebhookDelivery::view).toList();
        return new Page<>(items, found.size() > limit ? cursors.write(listing, items.getLast().id().toString()) : null);
    }

    /**
     * Sends a delivery again, as the same message.
     *
     * @throws Conflict if it waits anyway, or the webhook is off
     */
    @Transactional
    DeliveryView replay(UUID id, UUID delivery, Staff staff) {
        var webhook = working(id, staff);
        var found =
                deliveries
                        .find("id = ?1 and webhookId = ?2", delivery, id)
                        .withLock(jakarta.persistence.LockModeType.PESSIMISTIC_WRITE)
                        .firstResultOptional()
                        .orElseThrow(() -> new NotFound("delivery"));
        if (found.state == DeliveryState.WAITING) {
            throw new Conflict("It is waiting to be sent already");
        }
        found.replay(clock.instant());
        note(staff, Action.WEBHOOK_REPLAYED, webhook, Map.of("delivery", delivery));
        agenda.addAfterCommit(context.current());
        return found.view();
    }

    /**
     * Sends again all that was given up.
     *
     * @return how many those are
     * @throws Conflict if the webhook is off
     */
    @Transactional
    int replayDead(UUID id, Staff staff) {
        var webhook = working(id, staff);
        int count = deliveries.replayDead(id, clock.instant());
        note(staff, Action.WEBHOOK_REPLAYED, webhook, Map.of("count", count));
        agenda.addAfterCommit(context.current());
        return count;
    }

    /** The webhook, locked. One of other sites does not exist. */
    private Webhook mine(UUID id, Staff staff) {
        return repository
                .lock(id)
                .filter(webhook -> maySee(webhook.ofSites(), staff))
                .orElseThrow(() -> new NotFound("webhook"));
    }

    private Webhook working(UUID id, Staff staff) {
        var webhook = mine(id, staff);
        if (!webhook.enabled) {
            throw new Conflict("This webhook is switched off");
        }
        return webhook;
    }

    private static boolean maySee(List<UUID> of, Staff staff) {
        return staff.allSites() || !of.isEmpty() && of.stream().allMatch(staff::maySee);
    }

    private void check(WebhookRequest request, Staff staff) {
        if (!dialler.mayCall(request.address())) {
            throw new InvalidInput(
                    "address",
                    "must be https and a public name, at a port that may be called, without user or fragment");
        }
        var known = sites.all().stream().map(SiteView::id).filter(staff::maySee).collect(Collectors.toSet());
        if (!known.containsAll(request.sites()) || !maySee(request.sites(), staff)) {
            throw new InvalidInput("sites", "must name sites of yours");
        }
    }

    private IssuedWebhook issued(Webhook webhook) {
        return new IssuedWebhook(view(webhook), secrets.secret(webhook.id, webhook.secretVersion));
    }

    private WebhookView view(Webhook webhook) {
        return view(webhook, deliveries.counts(context.current()).getOrDefault(webhook.id, NONE));
    }

    private WebhookView view(Webhook webhook, Counts counts) {
        return webhook.view(clock.instant(), counts.waiting(), counts.dead());
    }

    /** The host only: what follows it may be a secret of the receiver. */
    private static Map<String, Object> facts(Webhook webhook) {
        return Map.of(
                "host",
                URI.create(webhook.address).getHost(),
                "events",
                List.of(webhook.events),
                "sites",
                webhook.ofSites(),
                "enabled",
                webhook.enabled);
    }

    private void note(Staff staff, Action action, Webhook webhook, Map<String, Object> detail) {
        trail.add(context.current(), new Act(staff.actor(), action, "webhook", webhook.id.toString(), detail));
    }
}
