package dev.parley.tenant;

import dev.parley.platform.Repeats;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what each tenant uses, inside its walls, and leaves six numbers in the directory for the operator, who enters
 * no tenant.
 */
@ApplicationScoped
public class Loads {

    private final Rounds rounds;
    private final Tenants tenants;
    private final TenantContext context;
    private final EntityManager entityManager;
    private final Clock clock;

    Loads(Rounds rounds, Tenants tenants, TenantContext context, EntityManager entityManager, Clock clock) {
        this.rounds = rounds;
        this.tenants = tenants;
        this.context = context;
        this.entityManager = entityManager;
        this.clock = clock;
    }

    void begin(@Observes StartupEvent start, Repeats repeats) {
        repeats.every(Duration.ofMinutes(10), Duration.ofSeconds(20), this::measure);
    }

    /** Measures all tenants but closed ones. */
    public void measure() {
        var open = tenants.all().stream().filter(t -> t.status() != TenantStatus.CLOSED).map(TenantView::id).toList();
        rounds.each("Measuring", open, _ -> QuarkusTransaction.requiringNew().run(this::measureMine));
    }

    /** What was measured last, by tenant; those that were never measured are missing. */
    @Transactional
    public Map<String, TenantLoad> all() {
        List<?> rows =
                entityManager
                        .createNativeQuery(
                                "select id, sites, members, comments, comments_last_day, pending, measured_at"
                                        + " from tenant_load")
                        .getResultList();
        Map<String, TenantLoad> loads = new HashMap<>();
        for (var row : rows) {
            var fields = (Object[]) row;
            loads.put(
                    (String) fields[0],
                    new TenantLoad(
                            number(fields[1]),
                            number(fields[2]),
                            number(fields[3]),
                            number(fields[4]),
                            number(fields[5]),
                            moment(fields[6])));
        }
        return loads;
    }

    private void measureMine() {
        var now = clock.instant();
        entityManager
                .createNativeQuery(
                        "insert into tenant_load (id, sites, members, comments, comments_last_day, pending, measured_at)"
                                + " values (:tenant,"
                                + " (select count(*) from site where tenant_id = :tenant),"
                                + " (select count(*) from member where tenant_id = :tenant),"
                                + " (select count(*) from comment where tenant_id = :tenant),"
                                + " (select count(*) from comment where tenant_id = :tenant and created_at > :yesterday),"
                                + " (select count(*) from queue_item where tenant_id = :tenant), :now)"
                                + " on conflict (id) do update set sites = excluded.sites,"
                                + " members = excluded.members, comments = excluded.comments,"
                                + " comments_last_day = excluded.comments_last_day, pending = excluded.pending,"
                                + " measured_at = excluded.measured_at")
                .setParameter("tenant", context.current())
                .setParameter("yesterday", now.minus(Duration.ofDays(1)))
                .setParameter("now", now)
                .executeUpdate();
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }

    static Instant moment(Object value) {
        return switch (value) {
            case Instant instant -> instant;
            case OffsetDateTime time -> time.toInstant();
            case Timestamp time -> time.toInstant();
            default -> throw new IllegalStateException("no moment: " + value.getClass());
        };
    }
}
