package dev.parley.privacy;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.tenant.Settings;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Erases the texts of what was rejected or withdrawn, after as many days as the tenant's settings say: since the
 * comment was written, edited or last restricted, whichever is the latest. What the machine and moderators decided
 * stays, without the words it was decided on.
 */
@ApplicationScoped
class RejectedTexts {

    private static final int BATCH = 200;

    /** Since when a comment is what it is. */
    static final String AGE =
            "greatest(c.created_at, c.edited_at, (select max(t.created_at) from statement t"
                    + " where t.tenant_id = c.tenant_id and t.comment_id = c.id))";

    /** Comments of the tenant {@code :tenant} whose texts are to go after {@code :days}. */
    static final String DUE =
            " from comment c where c.tenant_id = :tenant and c.status in ('REJECTED', 'WITHDRAWN') and "
                    + AGE
                    + " < now() - make_interval(days => :days)"
                    + " and exists (select 1 from revision r where r.tenant_id = c.tenant_id"
                    + " and r.comment_id = c.id and r.body <> '')";

    private final Settings settings;
    private final AuditTrail trail;
    private final TenantContext context;
    private final EntityManager entityManager;

    RejectedTexts(Settings settings, AuditTrail trail, TenantContext context, EntityManager entityManager) {
        this.settings = settings;
        this.trail = trail;
        this.context = context;
        this.entityManager = entityManager;
    }

    /** Erases a batch of the entered tenant's texts, and says of how many comments those were. */
    @Transactional
    int erase() {
        var days = settings.current().rejectedRetentionDays();
        if (days == null) {
            return 0;
        }
        var due = due(days);
        if (due.isEmpty()) {
            return 0;
        }
        var tenant = context.current();
        var entry =
                trail.addAtOnce(
                        tenant,
                        new Act(
                                Act.By.SYSTEM,
                                Action.TEXTS_ERASED,
                                "tenant",
                                tenant,
                                Map.of("comments", due.size(), "afterDays", days)));
        entityManager
                .createNativeQuery("select blank_rejected(cast(:comments as uuid[]), :entry)")
                .setParameter("comments", array(due))
                .setParameter("entry", entry)
                .getSingleResult();
        entityManager
                .createNativeQuery(
                        "update comment set text_hash = null where tenant_id = :tenant and id in (:comments)")
                .setParameter("tenant", tenant)
                .setParameter("comments", due)
                .executeUpdate();
        return due.size();
    }

    /** Locked, so that nobody decides on one while its text goes. */
    @SuppressWarnings("unchecked")
    private List<UUID> due(int days) {
        return entityManager
                .createNativeQuery("select c.id" + DUE + " order by c.id limit :batch for update of c skip locked")
                .setParameter("tenant", context.current())
                .setParameter("days", days)
                .setParameter("batch", BATCH)
                .getResultList();
    }

    private static String array(List<UUID> ids) {
        return "{" + String.join(",", ids.stream().map(UUID::toString).toList()) + "}";
    }
}
