package dev.parley.delivery;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Native SQL names the tenant itself. */
@ApplicationScoped
class DeliveryRepository implements PanacheRepositoryBase<WebhookDelivery, UUID> {

    /** A message to be written down. */
    record NewDelivery(UUID id, UUID subject, long version, String payload) {}

    /**
     * A delivery that this process has claimed.
     *
     * @param attempt which one this is; who records its end names it, so that a late one changes nothing
     */
    record Claimed(UUID id, String payload, int attempt) {}

    /** What became of an attempt. */
    record End(Claimed delivery, Dialler.Outcome outcome) {

        boolean isTaken() {
            return outcome.failure() == null;
        }
    }

    /** How many deliveries of a webhook wait, and how many were given up. */
    record Counts(long waiting, long dead) {}

    private final EntityManager entityManager;

    DeliveryRepository(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** Writes messages down, each once: what was written for the same event and comment before stays. */
    int add(String tenant, UUID webhook, UUID event, String type, List<NewDelivery> messages, Instant now) {
        return entityManager
                .createNativeQuery(
                        "insert into webhook_delivery (tenant_id, id, webhook_id, event_id, type, subject_id, version,"
                                + " payload, state, created_at, due_at, give_up_at)"
                                + " select :tenant, m.id, :webhook, :event, :type, m.subject, m.version, m.payload,"
                                + " 'WAITING', :now, :now, :until"
                                + " from unnest(cast(:ids as uuid[]), cast(:subjects as uuid[]),"
                                + " cast(:versions as bigint[]), cast(:payloads as text[]))"
                                + " as m (id, subject, version, payload)"
                                + " on conflict on constraint webhook_delivery_once do nothing")
                .setParameter("tenant", tenant)
                .setParameter("webhook", webhook)
                .setParameter("event", event)
                .setParameter("type", type)
                .setParameter("now", now)
                .setParameter("until", now.plus(WebhookDelivery.PATIENCE))
                .setParameter("ids", messages.stream().map(NewDelivery::id).toArray(UUID[]::new))
                .setParameter("subjects", messages.stream().map(NewDelivery::subject).toArray(UUID[]::new))
                .setParameter("versions", messages.stream().map(NewDelivery::version).toArray(Long[]::new))
                .setParameter("payloads", messages.stream().map(NewDelivery::payload).toArray(String[]::new))
                .executeUpdate();
    }

    /**
     * Claims what is due, longest first; of each comment only the earliest that waits, so that none overtakes another.
     * That one is looked up for each, whatever PostgreSQL knows of the table: else it may compare each with each.
     *
     * @param until when a claim lapses that nobody ends
     */
    List<Claimed> claim(String tenant, UUID webhook, Instant now, Instant until, int limit) {
        return entityManager
                .createNativeQuery(
                        "with picked as (select d.id from webhook_delivery d"
                                + " where d.tenant_id = :tenant and d.webhook_id = :webhook and d.state = 'WAITING'"
                                + " and d.due_at <= :now"
                                + " and d.id = (select p.id from webhook_delivery p where p.tenant_id = d.tenant_id"
                                + " and p.webhook_id = d.webhook_id and p.subject_id = d.subject_id"
                                + " and p.state = 'WAITING' order by p.version, p.id limit 1)"
                                + " order by d.due_at, d.id limit :limit for update of d skip locked)"
                                + " update webhook_delivery c set attempts = c.attempts + 1, due_at = :until,"
                                + " attempted_at = :now from picked where c.tenant_id = :tenant and c.id = picked.id"
                                + " returning c.id, c.payload, c.attempts",
                        Object[].class)
                .setParameter("tenant", tenant)
                .setParameter("webhook", webhook)
                .setParameter("now", now)
                .setParameter("until", until)
                .setParameter("limit", limit)
                .getResultList()
                .stream()
                .map(row -> {
                    var columns = (Object[]) row;
                    return new Claimed((UUID) columns[0], (String) columns[1], (Integer) columns[2]);
                })
                .toList();
    }

    /** Ends the attempts that are named, of those that run still. */
    void delivered(String tenant, List<End> ends, Instant now) {
        entityManager
                .createNativeQuery(
                        "update webhook_delivery d set state = 'DELIVERED', ended_at = :now,"
                                + " last_status = e.status, last_failure = null"
                                + " from unnest(cast(:ids as uuid[]), cast(:attempts as integer[]),"
                                + " cast(:statuses as integer[])) as e (id, attempt, status)"
                                + " where d.tenant_id = :tenant and d.id = e.id and d.state = 'WAITING'"
                                + " and d.attempts = e.attempt")
                .setParameter("tenant", tenant)
                .setParameter("ids", ends.stream().map(end -> end.delivery().id()).toArray(UUID[]::new))
                .setParameter("attempts", ends.stream().map(end -> end.delivery().attempt()).toArray(Integer[]::new))
                .setParameter(
                        "statuses",
                        ends.stream()
                                .map(end -> Objects.requireNonNull(end.outcome().status()))
                                .toArray(Integer[]::new))
                .setParameter("now", now)
                .executeUpdate();
    }

    /**
     * Notes that the attempt failed: it is due again then, or dead if its time is over.
     *
     * @param last whether it is dead whatever its time
     */
    void failed(String tenant, Claimed claimed, Dialler.Outcome outcome, boolean last, Instant again, Instant now) {
        entityManager
                .createNativeQuery(
                        "update webhook_delivery set due_at = :again,"
                                + " state = case when :last or give_up_at <= :now then 'DEAD' else state end,"
                                + " ended_at = case when :last or give_up_at <= :now then cast(:now as timestamptz) end,"
                                + " last_status = nullif(cast(:status as integer), 0), last_failure = :failure"
                                + " where tenant_id = :tenant and id = :id and state = 'WAITING'"
                                + " and attempts = :attempt")
                .setParameter("tenant", tenant)
                .setParameter("id", claimed.id())
                .setParameter("attempt", claimed.attempt())
                .setParameter("again", again)
                .setParameter("last", last)
                .setParameter("status", outcome.status() == null ? 0 : outcome.status())
                .setParameter("failure", String.valueOf(outcome.failure()))
                .setParameter("now", now)
                .executeUpdate();
    }

    /** Gives back what was claimed and not called, so that it is due as before and the attempt does not count. */
    void giveBack(String tenant, Claimed claimed, Instant now) {
        entityManager
                .createNativeQuery(
                        "update webhook_delivery set attempts = attempts - 1, due_at = :now,"
                                + " attempted_at = case when attempts > 1 then attempted_at end"
                                + " where tenant_id = :tenant and id = :id and state = 'WAITING'"
                                + " and attempts = :attempt")
                .setParameter("tenant", tenant)
                .setParameter("id", claimed.id())
                .setParameter("attempt", claimed.attempt())
                .setParameter("now", now)
                .executeUpdate();
    }

    /** Gives up what is too old, of webhooks that are off or get nothing through. */
    int expire(String tenant, Instant now) {
        return entityManager
                .createNativeQuery(
                        "update webhook_delivery d set state = 'DEAD', ended_at = :now from webhook w"
                                + " where d.tenant_id = :tenant and d.state = 'WAITING' and d.give_up_at <= :now"
                                + " and d.due_at <= :now and w.tenant_id = d.tenant_id and w.id = d.webhook_id"
                                + " and (not w.enabled or w.retry_at is not null)")
                .setParameter("tenant", tenant)
                .setParameter("now", now)
                .executeUpdate();
    }

    /** Sends again what was given up. */
    int replayDead(UUID webhook, Instant now) {
        return update(
                "state = :waiting, endedAt = null, attempts = 0, dueAt = :now, giveUpAt = :until"
                        + " where webhookId = :webhook and state = :dead",
                Parameters.with("waiting", DeliveryState.WAITING)
                        .and("dead", DeliveryState.DEAD)
                        .and("now", now)
                        .and("until", now.plus(WebhookDelivery.PATIENCE))
                        .and("webhook", webhook));
    }

    /** Deliveries of a webhook before one of them, newest first. */
    List<WebhookDelivery> before(UUID webhook, @Nullable DeliveryState state, @Nullable UUID id, int limit) {
        var where = new StringBuilder("webhookId = :webhook");
        Map<String, Object> values = new HashMap<>(Map.of("webhook", webhook));
        if (state != null) {
            where.append(" and state = :state");
            values.put("state", state);
        }
        if (id != null) {
            where.append(" and id < :id");
            values.put("id", id);
        }
        return find(where + " order by id desc", values).page(0, limit).list();
    }

    /** Of each webhook that has any. */
    Map<UUID, Counts> counts(String tenant) {
        Map<UUID, Counts> counts = new HashMap<>();
        for (var row :
                entityManager
                        .createNativeQuery(
                                "select webhook_id, count(*) filter (where state = 'WAITING'),"
                                        + " count(*) filter (where state = 'DEAD') from webhook_delivery"
                                        + " where tenant_id = :tenant and state <> 'DELIVERED' group by webhook_id",
                                Object[].class)
                        .setParameter("tenant", tenant)
                        .getResultList()) {
            var columns = (Object[]) row;
            counts.put(
                    (UUID) columns[0],
                    new Counts(((Number) columns[1]).longValue(), ((Number) columns[2]).longValue()));
        }
        return counts;
    }
}
