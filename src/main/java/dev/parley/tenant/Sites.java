package dev.parley.tenant;

import dev.parley.platform.Conflict;
import dev.parley.platform.Ids;
import dev.parley.platform.LastKnown;
import dev.parley.platform.NotFound;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one door to sites, and the way from a public site key to its tenant. */
@ApplicationScoped
public class Sites {

    /** Where a site key leads. */
    private record Entry(String tenant) {}

    private final SiteRepository repository;
    private final EntityManager entityManager;
    private final Tenants tenants;
    private final TenantContext context;
    private final Clock clock;

    /** Keys are never given to another tenant, so a found one can be kept; misses are asked again. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private static final Duration LAG = Duration.ofSeconds(2);

    private final LastKnown<String, Entry> directory;
    private final LastKnown<Place, SiteView> views;

    private record Place(String tenant, String key) {}

    Sites(
            SiteRepository repository,
            EntityManager entityManager,
            Tenants tenants,
            TenantContext context,
            Clock clock,
            MeterRegistry registry) {
        this.repository = repository;
        this.entityManager = entityManager;
        this.tenants = tenants;
        this.context = context;
        this.clock = clock;
        this.directory = new LastKnown<>("sites", 10_000, KEPT, KEPT.plus(LastKnown.LONGEST), registry);
        this.views = new LastKnown<>("site-views", 10_000, LAG, LastKnown.LONGEST, registry);
    }

    /**
     * Binds the current request to the tenant of a site.
     *
     * @throws NotFound if there is no such key or its tenant is not served
     */
    public void enter(String key) {
        var entry = Optional.ofNullable(directory.get(key, this::look));
        if (entry.isEmpty() || !tenants.isActive(entry.get().tenant())) {
            throw new NotFound("site");
        }
        context.enter(entry.get().tenant());
    }

    /**
     * The site of the entered tenant with that key. May lag two seconds behind a change by another replica, a minute
     * while the database is away.
     */
    public SiteView byKey(String key) {
        var site = views.get(new Place(context.current(), key), this::read);
        if (site == null) {
            throw new NotFound("site");
        }
        return site;
    }

    /**
     * A tenant's site of that key, by memory alone, which never waits; empty if that does not know, or if the site is
     * another tenant's or that tenant is not served.
     */
    public Optional<SiteView> inMemory(String tenant, String key) {
        return directory
                .fresh(key)
                .filter(entry -> entry.tenant().equals(tenant) && tenants.isActiveInMemory(tenant))
                .flatMap(_ -> views.fresh(new Place(tenant, key)));
    }

    /** The tenant's site of that id. */
    @Transactional
    public SiteView byId(UUID id) {
        return repository.findByIdOptional(id).orElseThrow(() -> new NotFound("site")).view();
    }

    /** The tenant's sites by key. */
    @Transactional
    public List<SiteView> all() {
        return repository.listAll(Sort.by("key")).stream().map(Site::view).toList();
    }

    /**
     * Makes a site of the entered tenant.
     *
     * @throws Conflict if the key is taken, by whomever
     */
    @Transactional
    public SiteView create(NewSite request) {
        var site = new Site(Ids.next(), context.current(), request, clock.instant());
        int free =
                entityManager
                        .createNativeQuery(
                                "insert into site_directory (site_key, tenant_id, site_id)"
                                        + " values (:key, :tenant, :id) on conflict do nothing")
                        .setParameter("key", site.key)
                        .setParameter("tenant", site.tenantId)
                        .setParameter("id", site.id)
                        .executeUpdate();
        if (free == 0) {
            throw new Conflict("This site key is taken");
        }
        repository.persist(site);
        nameOrigins(site);
        return site.view();
    }

    /** Replaces name, language and origins of a site; the key stays. */
    @Transactional
    public SiteView change(UUID id, SiteChange change) {
        var site = repository.findByIdOptional(id).orElseThrow(() -> new NotFound("site"));
        site.name = change.name();
        site.language = change.language();
        site.origins = change.origins().toArray(String[]::new);
        nameOrigins(site);
        views.outdate(new Place(site.tenantId, site.key));
        return site.view();
    }

    /** Which version of its secret a site is at, 1 for the first. */
    @Transactional
    public int secretVersion(UUID id) {
        return repository.findByIdOptional(id).orElseThrow(() -> new NotFound("site")).secretVersion;
    }

    /** Goes on to the next version of a site's secret, and says which that is. */
    @Transactional
    public int rotateSecret(UUID id) {
        var site =
                repository.findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE).orElseThrow(() -> new NotFound("site"));
        return ++site.secretVersion;
    }

    /** Keys of the sites of an origin, of whichever tenant; the directory says so before a tenant is known. */
    public List<String> keysOf(String origin) {
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    List<?> keys =
                            entityManager
                                    .createNativeQuery(
                                            "select site_key from site_origin where origin = :origin"
                                                    + " order by site_key limit 50")
                                    .setParameter("origin", origin)
                                    .getResultList();
                    return keys.stream().map(String.class::cast).toList();
                });
    }

    /** The served tenant of a site key; empty for unknown ones. For calls that name no site in their path. */
    public Optional<String> tenantOf(String key) {
        return Optional.ofNullable(directory.get(key, this::look)).map(Entry::tenant).filter(tenants::isActive);
    }

    private void nameOrigins(Site site) {
        entityManager
                .createNativeQuery("delete from site_origin where site_key = :key")
                .setParameter("key", site.key)
                .executeUpdate();
        for (var origin : java.util.Set.of(site.origins)) {
            entityManager
                    .createNativeQuery("insert into site_origin (origin, site_key) values (:origin, :key)")
                    .setParameter("origin", origin)
                    .setParameter("key", site.key)
                    .executeUpdate();
        }
    }

    private @Nullable SiteView read(Place place) {
        return context.call(
                place.tenant(),
                () ->
                        QuarkusTransaction.requiringNew()
                                .call(() ->
                                        repository.byKey(place.tenant(), place.key()).map(Site::view).orElse(null)));
    }

    /** In a transaction of its own: the session that it opens has no tenant and must not live on in the request. */
    private @Nullable Entry look(String key) {
        return context.callForNobody(() -> QuarkusTransaction.requiringNew().call(() -> tenantInDirectory(key)));
    }

    private @Nullable Entry tenantInDirectory(String key) {
        List<?> tenant =
                entityManager
                        .createNativeQuery("select tenant_id from site_directory where site_key = :key")
                        .setParameter("key", key)
                        .getResultList();
        return tenant.isEmpty() ? null : new Entry((String) tenant.getFirst());
    }
}
