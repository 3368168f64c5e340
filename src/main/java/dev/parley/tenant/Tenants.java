package dev.parley.tenant;

import dev.parley.platform.Conflict;
import dev.parley.platform.LastKnown;
import dev.parley.platform.NotFound;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The directory of tenants: created, suspended and closed by the operator. */
@ApplicationScoped
public class Tenants {

    private final TenantRepository repository;
    private final TenantSettingsRepository settings;
    private final Event<TenantClosed> closed;
    private final TenantConfig config;
    private final Clock clock;

    /** How long another replica may go on serving a tenant that was suspended. */
    private static final Duration LAG = Duration.ofSeconds(2);

    private final TenantContext context;
    private final LastKnown<String, Boolean> active;

    Tenants(
            TenantRepository repository,
            TenantSettingsRepository settings,
            Event<TenantClosed> closed,
            TenantConfig config,
            TenantContext context,
            Clock clock,
            MeterRegistry registry) {
        this.active = new LastKnown<>("tenants", 10_000, LAG, LastKnown.LONGEST, registry);
        this.context = context;
        this.config = config;
        this.repository = repository;
        this.settings = settings;
        this.closed = closed;
        this.clock = clock;
    }

    /**
     * Creates a tenant with default settings. Must run in {@code TenantContext.call} for the new tenant.
     *
     * @throws Conflict if the slug is or ever was in use
     */
    @Transactional
    public TenantView create(String id, String name) {
        if (repository.findByIdOptional(id).isPresent()) {
            throw new Conflict("This id is, or once was, in use");
        }
        var tenant = new Tenant(id, name, clock.instant());
        repository.persist(tenant);
        settings.persist(new TenantSettings(id));
        repository.flush();
        active.outdate(id);
        return TenantView.of(tenant);
    }

    /**
     * Suspends, revives, closes in a while or closes for good. Must run in {@code TenantContext.call} for that tenant.
     */
    @Transactional
    public TenantView change(String id, TenantStatus next) {
        var tenant =
                repository
                        .findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
                        .orElseThrow(() -> new NotFound("tenant"));
        tenant.become(next, clock.instant(), config.closingGrace());
        if (next == TenantStatus.CLOSED) {
            closed.fire(new TenantClosed(id));
        }
        active.outdate(id);
        return TenantView.of(tenant);
    }

    /** Ids of the tenants whose time of grace is over. */
    @Transactional
    public List<String> due() {
        return repository.due(clock.instant());
    }

    /** Whether the time of grace of a tenant is over; nobody changes that until the transaction ends. */
    @Transactional(TxType.MANDATORY)
    public boolean isDue(String id) {
        return repository
                .findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
                .filter(t -> t.closesAt != null && !t.closesAt.isAfter(clock.instant()))
                .isPresent();
    }

    /** All tenants by id, closed ones included. */
    @Transactional
    public List<TenantView> all() {
        return repository.listAll(Sort.by("id")).stream().map(TenantView::of).toList();
    }

    /**
     * The name of a tenant, for its members.
     *
     * @throws NotFound if there is none with this id
     */
    @Transactional
    public String name(String id) {
        return repository.findByIdOptional(id).orElseThrow(() -> new NotFound("tenant")).name;
    }

    /** Ids of the tenants that are served now, those that are there longest first. */
    @Transactional
    public List<String> activeIds() {
        return repository.activeIds();
    }

    /**
     * Whether a tenant is served; false for unknown ones. May lag two seconds behind another replica, a minute while
     * the database is away.
     */
    public boolean isActive(String id) {
        return Boolean.TRUE.equals(active.get(id, this::readActive));
    }

    /** Whether memory alone knows that a tenant is served. */
    boolean isActiveInMemory(String id) {
        return active.fresh(id).orElse(false);
    }

    /** In a transaction of its own, so that no session outlives it that was opened before a tenant was entered. */
    private boolean readActive(String id) {
        return context.callForNobody(() -> QuarkusTransaction.requiringNew().call(() -> repository.isActive(id)));
    }
}
