package dev.parley.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.platform.Conflict;
import dev.parley.platform.Ids;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.NotFound;
import dev.parley.platform.Turns;
import dev.parley.tenant.TenantContext;
import dev.parley.tenant.Tenants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.HttpHeaders;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one door to API keys, and the way from a key to its tenant. */
@ApplicationScoped
public class ApiKeys {

    /** Where a program may show its key, if not as a bearer token. */
    public static final String HEADER = "X-Api-Key";

    private static final String BEARER = "Bearer ";

    private final ApiKeyRepository repository;
    private final ApiKeyConfig config;
    private final AuditTrail trail;
    private final Tenants tenants;
    private final Turns turns;
    private final TenantContext context;
    private final Clock clock;

    /** A public part is never given to another tenant, so a found one can be kept; misses are asked again. */
    private final Cache<String, String> directory =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(10)).build();

    ApiKeys(
            ApiKeyRepository repository,
            ApiKeyConfig config,
            AuditTrail trail,
            Tenants tenants,
            Turns turns,
            TenantContext context,
            Clock clock) {
        this.repository = repository;
        this.config = config;
        this.trail = trail;
        this.tenants = tenants;
        this.turns = turns;
        this.context = context;
        this.clock = clock;
    }

    /**
     * The key that a request shows in its headers; empty if it shows none.
     *
     * @throws InvalidInput if it also says in another way who is asking
     */
    public static Optional<String> shownIn(HttpHeaders headers) {
        var own = headers.getHeaderString(HEADER);
        var authorization = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (own != null) {
            if (authorization != null) {
                throw new InvalidInput(HEADER, "must not come with Authorization");
            }
            return Optional.of(own.strip());
        }
        return Optional.ofNullable(authorization)
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip())
                .filter(token -> token.startsWith(ApiKeySecret.PREFIX));
    }

    /**
     * Binds the current request to the tenant of a key. Asked anew for every request, so that a revocation bites at the
     * next call.
     *
     * @throws ApiKeyRefused if it is no good; the same for whatever reason
     */
    public ApiClient enter(String key) {
        var shown = ApiKeySecret.of(key).orElseThrow(ApiKeyRefused::new);
        var tenant = directory.get(shown.publicId(), this::look);
        if (tenant == null || !tenants.isActive(tenant)) {
            throw new ApiKeyRefused();
        }
        context.enter(tenant);
        return QuarkusTransaction.requiringNew().call(() -> use(shown)).orElseThrow(ApiKeyRefused::new);
    }

    /** The entered tenant's keys, newest first; revoked and expired ones among them. */
    @Transactional
    public List<ApiKeyView> all() {
        return repository.listAll(Sort.descending("id")).stream().map(ApiKey::view).toList();
    }

    /**
     * Makes a key of the entered tenant.
     *
     * @throws InvalidInput if the quota is too large or the end is past
     * @throws Conflict if a key in use has the name, or there are too many
     */
    @Transactional
    public IssuedApiKey create(NewApiKey request, Staff creator) {
        int perMinute = request.perMinute() == null ? config.perMinute() : request.perMinute();
        if (perMinute > config.mostPerMinute()) {
            throw new InvalidInput("perMinute", "must be at most " + config.mostPerMinute());
        }
        var now = clock.instant();
        if (request.expiresAt() != null && !request.expiresAt().isAfter(now)) {
            throw new InvalidInput("expiresAt", "must be in the future");
        }
        turns.await(context.current(), "API keys");
        var name = request.name().strip();
        if (repository.count("name = ?1 and revokedAt is null", name) > 0) {
            throw new Conflict("A key of this name is in use; revoke it first, or take another name");
        }
        if (repository.count("revokedAt is null") >= config.mostKeys()) {
            throw new Conflict("There are too many keys; revoke those that are not used any more");
        }
        var secret = ApiKeySecret.random();
        var key =
                new ApiKey(
                        Ids.next(), context.current(), secret, name, perMinute, request.expiresAt(), creator.id(), now);
        repository.persist(key);
        repository.flush();
        repository.enterInDirectory(key);
        note(creator.actor(), Action.API_KEY_CREATED, key, Map.of("name", name, "perMinute", perMinute));
        return new IssuedApiKey(key.view(), secret.key());
    }

    /**
     * Revokes a key for good; nothing more happens to one that was revoked before.
     *
     * @throws NotFound if the entered tenant has no such key
     */
    @Transactional
    public void revoke(UUID id, Act.By actor) {
        var key = repository.findByIdOptional(id).orElseThrow(() -> new NotFound("API key"));
        if (key.revokedAt == null) {
            key.revokedAt = clock.instant();
            note(actor, Action.API_KEY_REVOKED, key, Map.of("name", key.name));
        }
    }

    private Optional<ApiClient> use(ApiKeySecret shown) {
        var now = clock.instant();
        return repository
                .byPublicId(shown.publicId())
                .filter(key -> MessageDigest.isEqual(key.hash, shown.hash()))
                .filter(key -> key.isGood(now))
                .map(key -> {
                    key.used(now);
                    return new ApiClient(key.id, key.perMinute);
                });
    }

    /** In a transaction of its own: the session that it opens has no tenant and must not live on in the request. */
    private @Nullable String look(String publicId) {
        return QuarkusTransaction.requiringNew().call(() -> repository.tenantOf(publicId).orElse(null));
    }

    private void note(Act.By actor, Action action, ApiKey key, Map<String, Object> detail) {
        trail.add(context.current(), new Act(actor, action, "api-key", key.id.toString(), detail));
    }
}
