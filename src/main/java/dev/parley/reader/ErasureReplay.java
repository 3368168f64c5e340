package dev.parley.reader;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.identity.TenantAdministration;
import dev.parley.platform.NotFound;
import dev.parley.privacy.Addresses;
import dev.parley.privacy.ErasureLog;
import dev.parley.tenant.TenantContext;
import dev.parley.tenant.TenantStatus;
import dev.parley.tenant.TenantView;
import dev.parley.tenant.Tenants;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Repeats, before the first request is taken, every erasure that stands in {@link ErasureLog} and that the database
 * does not know, since a backup was restored that is older. A start at which one can't be repeated fails: better no
 * comments than those of somebody who was promised that they are gone.
 */
@ApplicationScoped
class ErasureReplay {

    private static final Logger LOG = Logger.getLogger(ErasureReplay.class);

    /** After whatever else begins at a start, such as the check of the walls. */
    private static final int LAST = 3_000;

    private final ErasureLog log;
    private final Tenants tenants;
    private final TenantContext context;
    private final TenantAdministration administration;
    private final Erasing erasing;
    private final Addresses addresses;
    private final ErasureQueries queries;

    ErasureReplay(
            ErasureLog log,
            Tenants tenants,
            TenantContext context,
            TenantAdministration administration,
            Erasing erasing,
            Addresses addresses,
            ErasureQueries queries) {
        this.log = log;
        this.tenants = tenants;
        this.context = context;
        this.administration = administration;
        this.erasing = erasing;
        this.addresses = addresses;
        this.queries = queries;
    }

    void begin(@Observes @Priority(LAST) StartupEvent start) {
        replay();
    }

    /** Repeats what is missing, and says how many erasures those were. */
    int replay() {
        var all = log.read();
        if (all.isEmpty()) {
            return 0; // nor is the database asked anything
        }
        var byTenant = all.stream().collect(Collectors.groupingBy(ErasureLog.Line::tenant));
        int repeated = 0;
        for (var tenant : tenants.all()) {
            var lines = byTenant.getOrDefault(tenant.id(), List.of());
            if (!lines.isEmpty()) {
                int some = context.call(tenant.id(), () -> replay(tenant, lines));
                if (some > 0) {
                    LOG.infof("Repeated %d erasures of tenant %s that the database did not know", some, tenant.id());
                }
                repeated += some;
            }
        }
        return repeated;
    }

    private int replay(TenantView tenant, List<ErasureLog.Line> lines) {
        int repeated = 0;
        for (var line : queries.unknown(lines)) {
            switch (line.kind()) {
                case COMMENTER -> erase(UUID.fromString(line.subject()));
                case ADDRESS -> addresses.erase(UUID.fromString(line.subject()), Act.By.SYSTEM);
                case TENANT -> {
                    // After the others, which need the tenant's keys.
                    continue;
                }
            }
            repeated++;
        }
        if (tenant.status() != TenantStatus.CLOSED && lines.stream().anyMatch(ErasureReplay::closes)) {
            administration.change(TenantStatus.CLOSED, Act.By.SYSTEM);
            repeated++;
        }
        return repeated;
    }

    private static boolean closes(ErasureLog.Line line) {
        return line.kind() == ErasureLog.Kind.TENANT;
    }

    private void erase(UUID commenter) {
        try {
            erasing.erase(commenter, Act.By.SYSTEM);
        } catch (NotFound e) {
            // By another replica meanwhile, or with the one whom they were merged into.
        }
    }

    /** What the entered tenant's rows say of erasures. */
    @ApplicationScoped
    static class ErasureQueries {

        private final TenantContext context;
        private final EntityManager entityManager;

        ErasureQueries(TenantContext context, EntityManager entityManager) {
            this.context = context;
            this.entityManager = entityManager;
        }

        /**
         * Those of these erasures that were not done to the rows as they are: of commenters who are there with their
         * name, and of addresses without an entry in the trail since. An address alone could have been typed again
         * later, with every right.
         */
        @Transactional
        List<ErasureLog.Line> unknown(List<ErasureLog.Line> lines) {
            var unknown = new ArrayList<ErasureLog.Line>();
            for (var line : lines) {
                boolean missing =
                        switch (line.kind()) {
                            case COMMENTER ->
                                    finds(
                                            "select 1 from commenter where tenant_id = :tenant and id = cast(:subject as uuid)"
                                                    + " and erased_at is null",
                                            Map.of("subject", line.subject()));
                            case ADDRESS ->
                                    finds(
                                            "select 1 from commenter_address a where a.tenant_id = :tenant"
                                                    + " and a.commenter_id = cast(:subject as uuid) and not exists ("
                                                    + "select 1 from audit_entry e where e.tenant_id = a.tenant_id"
                                                    + " and e.subject_id = :subject and e.action = :action and e.at >= :at)",
                                            Map.of(
                                                    "subject",
                                                    line.subject(),
                                                    "action",
                                                    Action.ADDRESS_ERASED.name(),
                                                    "at",
                                                    line.at()));
                            case TENANT -> false;
                        };
                if (missing) {
                    unknown.add(line);
                }
            }
            return unknown;
        }

        private boolean finds(String sql, Map<String, Object> values) {
            var query = entityManager.createNativeQuery(sql).setParameter("tenant", context.current());
            values.forEach(query::setParameter);
            return !query.getResultList().isEmpty();
        }
    }
}
