package dev.parley.delivery;

import dev.parley.platform.AfterCommit;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** When which tenant may have something to send; in memory only: what is lost here is found by a sweep. */
@ApplicationScoped
class WebhookAgenda {

    private final Map<String, Instant> next = new ConcurrentHashMap<>();
    private final AfterCommit afterCommit;

    WebhookAgenda(AfterCommit afterCommit) {
        this.afterCommit = afterCommit;
    }

    /** Looks at a tenant once the current transaction is committed. */
    void addAfterCommit(String tenant) {
        afterCommit.run("webhooks of " + tenant, () -> add(tenant, Instant.EPOCH));
    }

    /** Looks at a tenant then, if not earlier. */
    void add(String tenant, Instant at) {
        next.merge(tenant, at, (one, other) -> one.isBefore(other) ? one : other);
    }

    /** Takes out the tenants whose time has come. */
    Set<String> take(Instant now) {
        var taken = new HashSet<String>();
        next.forEach((tenant, at) -> {
            if (!at.isAfter(now) && next.remove(tenant, at)) {
                taken.add(tenant);
            }
        });
        return taken;
    }
}
