package dev.parley.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.TooManyRequests;
import dev.parley.tenant.TenantContext;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How many texts may be scored in a minute: for each key or member, and for each tenant. */
@Singleton
public class Quotas {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ApiKeyConfig config;
    private final TenantContext context;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(Duration.ofMinutes(30)).build();

    Quotas(ApiKeyConfig config, TenantContext context) {
        this.config = config;
        this.context = context;
    }

    /**
     * Takes so many texts from a program's quota and from the entered tenant's.
     *
     * @throws TooManyRequests if one of them has too few left; it says when there will be enough
     * @throws InvalidInput if there can never be enough
     */
    public void take(ApiClient client, int texts) {
        take(context.current(), "key " + client.key(), client.perMinute(), texts);
    }

    /** As {@link #take(ApiClient, int)}, for a member. */
    public void take(Staff staff, int texts) {
        take(context.current(), "member " + staff.id(), config.perMinute(), texts);
    }

    void take(String tenant, String who, int perMinute, int texts) {
        if (texts > perMinute || texts > config.tenantPerMinute()) {
            throw new InvalidInput("texts", "are more than the quota of a minute, " + perMinute);
        }
        var own = bucket(who, perMinute);
        take(own, texts);
        try {
            take(bucket("tenant " + tenant, config.tenantPerMinute()), texts);
        } catch (TooManyRequests e) {
            own.addTokens(texts); // nothing was scored for them
            throw e;
        }
    }

    private static void take(Bucket bucket, int texts) {
        var probe = bucket.tryConsumeAndReturnRemaining(texts);
        if (!probe.isConsumed()) {
            throw new TooManyRequests(Duration.ofNanos(probe.getNanosToWaitForRefill()).plusMillis(999));
        }
    }

    private Bucket bucket(String name, int perMinute) {
        return buckets.get(
                name,
                _ ->
                        Bucket.builder()
                                .addLimit(
                                        Bandwidth.builder().capacity(perMinute).refillGreedy(perMinute, MINUTE).build())
                                .build());
    }
}
