package dev.parley.delivery;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Native SQL names the tenant itself. */
@ApplicationScoped
class WebhookRepository implements PanacheRepositoryBase<Webhook, UUID> {

    /** Who is to be told of events. */
    record Subscriber(UUID id, Set<String> events, Set<UUID> sites) {

        boolean wants(String type, UUID site) {
            return events.contains(type) && (sites.isEmpty() || sites.contains(site));
        }
    }

    private final EntityManager entityManager;

    WebhookRepository(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    Optional<Webhook> lock(UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Webhooks that are on; none of them is deleted until the transaction ends. */
    List<Subscriber> subscribers(String tenant) {
        return entityManager
                .createNativeQuery(
                        "select id, events, sites from webhook where tenant_id = :tenant and enabled for key share",
                        Object[].class)
                .setParameter("tenant", tenant)
                .getResultList()
                .stream()
                .map(row -> {
                    var columns = (Object[]) row;
                    return new Subscriber(
                            (UUID) columns[0],
                            Set.copyOf(Arrays.asList((String[]) columns[1])),
                            Set.copyOf(Arrays.asList((UUID[]) columns[2])));
                })
                .toList();
    }

    /** Webhooks that something is due for, and that may be called now. */
    List<UUID> ready(String tenant, Instant now) {
        return entityManager
                .createNativeQuery(
                        "select w.id from webhook w where w.tenant_id = :tenant and w.enabled"
                                + " and (w.retry_at is null or w.retry_at <= :now)"
                                + " and (w.asked_until is null or w.asked_until <= :now)"
                                + " and exists (select 1 from webhook_delivery d where d.tenant_id = w.tenant_id"
                                + " and d.webhook_id = w.id and d.state = 'WAITING' and d.due_at <= :now)")
                .setParameter("tenant", tenant)
                .setParameter("now", now)
                .getResultList();
    }

    /** When a webhook may be called next for what waits; empty if nothing does. */
    Optional<Instant> next(String tenant, UUID webhook) {
        return entityManager
                .createNativeQuery(
                        "select greatest(w.retry_at, w.asked_until, min(d.due_at)) from webhook w join webhook_delivery d"
                                + " on d.tenant_id = w.tenant_id and d.webhook_id = w.id and d.state = 'WAITING'"
                                + " where w.tenant_id = :tenant and w.id = :webhook and w.enabled"
                                + " group by w.retry_at, w.asked_until")
                .setParameter("tenant", tenant)
                .setParameter("webhook", webhook)
                .getResultStream()
                .map(Instant.class::cast)
                .findFirst();
    }

    /** An attempt got through. */
    void works(String tenant, UUID webhook) {
        entityManager
                .createNativeQuery(
                        "update webhook set failures = 0, failing_since = null, retry_at = null"
                                + " where tenant_id = :tenant and id = :webhook and failures > 0")
                .setParameter("tenant", tenant)
                .setParameter("webhook", webhook)
                .executeUpdate();
    }
}
