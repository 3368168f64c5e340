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
     * @param act what is done with rows by their key, up to IN
     * @param key of the row, and {@code age}, the column that tells how old it is
     * @param due from which table, with the condition: rows of the tenant {@code :tenant} older than {@code :before}
     */
    record Rule(String what, Duration kept, String act, String key, String age, String due) {

        /** Forgets a batch. */
        String sql() {
            return act + " in (select " + key + due.replace(GOES_BEFORE, "false") + " limit 1000)";
        }

        /**
         * Counts what the next round forgets, and tells the oldest of that.
         *
         * @param now as SQL
         */
        String preview(String now) {
            return "select count(*), min(" + age + ")" + due.replace(GOES_BEFORE, "m.ended_at < " + now + MAILS_KEPT);
        }
    }

    /** Mails go before invitations in each round, so that a look ahead takes them for gone. */
    private static final String GOES_BEFORE = "{gone}";

    private static final String MAILS_KEPT = " - interval '30 days'";

    static final List<Rule> RULES =
            List.of(
                    // Senders' networks: enough to see a flood, not to follow anybody.
                    new Rule(
                            "networks of senders",
                            Duration.ofDays(14),
                            "update comment set network = null where tenant_id = :tenant and id",
                            "id",
                            "created_at",
                            " from comment where tenant_id = :tenant and network is not null and created_at < :before"),
                    // Mails that were sent or given up: ids and times, to bound what one address gets.
                    new Rule(
                            "mails",
                            Duration.ofDays(30),
                            "delete from mail where tenant_id = :tenant and id",
                            "id",
                            "ended_at",
                            " from mail where tenant_id = :tenant and ended_at < :before"),
                    // What webhooks were sent, or could not be: ids, codes and times, to look for what went missing.
                    new Rule(
                            "deliveries to webhooks",
                            Duration.ofDays(30),
                            "delete from webhook_delivery where tenant_id = :tenant and id",
                            "id",
                            "ended_at",
                            " from webhook_delivery where tenant_id = :tenant and ended_at < :before"),
                    // Answered requests: a client that repeats one does so within minutes.
                    new Rule(
                            "idempotency keys",
                            Duration.ofHours(24),
                            "delete from idempotency where tenant_id = :tenant and id",
                            "id",
                            "created_at",
                            " from idempotency where tenant_id = :tenant and created_at < :before"),
                    // As with senders of comments: long enough to see one who reports at random.
                    new Rule(
                            "networks of those who reported",
                            Duration.ofDays(14),
                            "update flag set network = null where tenant_id = :tenant and id",
                            "id",
                            "created_at",
                            " from flag where tenant_id = :tenant and network is not null and created_at < :before"),
                    // Mailed links: what lapsed opens nothing any more.
                    new Rule(
                            "lapsed links",
                            Duration.ZERO,
                            "delete from link where tenant_id = :tenant and id",
                            "id",
                            "lapses_at",
                            " from link where tenant_id = :tenant and lapses_at < :before"),
                    // Who asked for a link: it is mailed within minutes, or tried again for some hours.
                    new Rule(
                            "requests for links",
                            Duration.ofHours(24),
                            "delete from link_request where tenant_id = :tenant and id",
                            "id",
                            "created_at",
                            " from link_request where tenant_id = :tenant and created_at < :before"),
                    // Whoever did not come within the time of an invitation: their address has no use any more.
                    new Rule(
                            "addresses of lapsed invitations",
                            Duration.ZERO,
                            "delete from invitation_address where tenant_id = :tenant and invitation_id",
                            "a.invitation_id",
                            "i.lapses_at",
                            " from invitation_address a join invitation i"
                                    + " on i.tenant_id = a.tenant_id and i.id = a.invitation_id"
                                    + " where a.tenant_id = :tenant and i.lapses_at < :before"),
                    // Who was invited: long enough for whoever asks when somebody came in.
                    new Rule(
                            "invitations",
                            Duration.ofDays(90),
                            "delete from invitation where tenant_id = :tenant and id",
                            "i.id",
                            "i.lapses_at",
                            " from invitation i where i.tenant_id = :tenant and i.lapses_at < :before"
                                    + " and not exists (select 1 from mail m where m.tenant_id = i.tenant_id"
                                    + " and m.invitation_id = i.id and ("
                                    + GOES_BEFORE
                                    + ") is not true)"),
                    // Labelled texts: older ones are about another forum than today's.
                    new Rule(
                            "labels",
                            Duration.ofDays(730),
                            "delete from label where tenant_id = :tenant and id",
                            "id",
                            "changed_at",
                            " from label where tenant_id = :tenant and changed_at < :before"));

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
