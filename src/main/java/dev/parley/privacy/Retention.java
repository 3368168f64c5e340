package dev.parley.privacy;

import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Forgets in time. The list of rules is the promise that {@code docs/privacy.md} makes. */
@ApplicationScoped
class Retention {

    /**
     * What is forgotten, and after how long.
     *
     * @param what for the log
     * @param sql forgets a batch of the tenant {@code :tenant} that is older than {@code :before}
     */
    record Rule(String what, Duration kept, String sql) {}

    static final List<Rule> RULES =
            List.of(
                    // Senders' networks: enough to see a flood, not to follow anybody.
                    new Rule(
                            "networks of senders",
                            Duration.ofDays(14),
                            "update comment set network = null where tenant_id = :tenant and id in"
                                    + " (select id from comment where tenant_id = :tenant"
                                    + " and network is not null and created_at < :before limit 1000)"),
                    // Mails that were sent or given up: ids and times, to bound what one address gets.
                    new Rule(
                            "mails",
                            Duration.ofDays(30),
                            "delete from mail where tenant_id = :tenant and id in"
                                    + " (select id from mail where tenant_id = :tenant"
                                    + " and ended_at < :before limit 1000)"),
                    // What webhooks were sent, or could not be: ids, codes and times, to look for what went missing.
                    new Rule(
                            "deliveries to webhooks",
                            Duration.ofDays(30),
                            "delete from webhook_delivery where tenant_id = :tenant and id in"
                                    + " (select id from webhook_delivery where tenant_id = :tenant"
                                    + " and ended_at < :before limit 1000)"),
                    // Answered requests: a client that repeats one does so within minutes.
                    new Rule(
                            "idempotency keys",
                            Duration.ofHours(24),
                            "delete from idempotency where tenant_id = :tenant and id in"
                                    + " (select id from idempotency where tenant_id = :tenant"
                                    + " and created_at < :before limit 1000)"),
                    // As with senders of comments: long enough to see one who reports at random.
                    new Rule(
                            "networks of those who reported",
                            Duration.ofDays(14),
                            "update flag set network = null where tenant_id = :tenant and id in"
                                    + " (select id from flag where tenant_id = :tenant"
                                    + " and network is not null and created_at < :before limit 1000)"),
                    // Mailed links: what lapsed opens nothing any more.
                    new Rule(
                            "lapsed links",
                            Duration.ZERO,
                            "delete from link where tenant_id = :tenant and id in"
                                    + " (select id from link where tenant_id = :tenant"
                                    + " and lapses_at < :before limit 1000)"),
                    // Who asked for a link: it is mailed within minutes, or tried again for some hours.
                    new Rule(
                            "requests for links",
                            Duration.ofHours(24),
                            "delete from link_request where tenant_id = :tenant and id in"
                                    + " (select id from link_request where tenant_id = :tenant"
                                    + " and created_at < :before limit 1000)"),
                    // Whoever did not come within the time of an invitation: their address has no use any more.
                    new Rule(
                            "addresses of lapsed invitations",
                            Duration.ZERO,
                            "delete from invitation_address where tenant_id = :tenant and invitation_id in"
                                    + " (select a.invitation_id from invitation_address a join invitation i"
                                    + " on i.tenant_id = a.tenant_id and i.id = a.invitation_id"
                                    + " where a.tenant_id = :tenant and i.lapses_at < :before limit 1000)"),
                    // Who was invited: long enough for whoever asks when somebody came in.
                    new Rule(
                            "invitations",
                            Duration.ofDays(90),
                            "delete from invitation where tenant_id = :tenant and id in"
                                    + " (select i.id from invitation i where i.tenant_id = :tenant"
                                    + " and i.lapses_at < :before and not exists (select 1 from mail m"
                                    + " where m.tenant_id = i.tenant_id and m.invitation_id = i.id) limit 1000)"),
                    // Labelled texts: older ones are about another forum than today's.
                    new Rule(
                            "labels",
                            Duration.ofDays(730),
                            "delete from label where tenant_id = :tenant and id in"
                                    + " (select id from label where tenant_id = :tenant"
                                    + " and changed_at < :before limit 1000)"));

    private final TenantContext context;
    private final EntityManager entityManager;
    private final Clock clock;

    Retention(TenantContext context, EntityManager entityManager, Clock clock) {
        this.context = context;
        this.entityManager = entityManager;
        this.clock = clock;
    }

    /** Forgets a batch of the entered tenant's rows, and says how many those were. */
    @Transactional
    int forget(Rule rule) {
        return entityManager
                .createNativeQuery(rule.sql())
                .setParameter("tenant", context.current())
                .setParameter("before", clock.instant().minus(rule.kept()))
                .executeUpdate();
    }
}
