package dev.parley.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.ClientAddress;
import dev.parley.platform.PlatformConfig;
import dev.parley.platform.TooManyRequests;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * How much may come in: per site, per sender, per tenant and per address. All refusals of one operation read the same,
 * also when to try again: the time after which the slowest of them lets one more through. Else the time would tell that
 * somebody else wrote at an address.
 */
@Singleton
public class Limits {

    private static final int BURST_SECONDS = 10;

    private final IntakeConfig config;
    private final boolean loopbackUnlimited;
    private final Duration wait;
    private final Duration waitForLink;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(Duration.ofMinutes(30)).build();

    Limits(IntakeConfig config, PlatformConfig platform) {
        this.config = config;
        this.loopbackUnlimited = platform.standalone() && platform.loopbackUnlimited();
        this.wait =
                Collections.max(
                        List.of(
                                config.senderPeriod().dividedBy(config.senderBurst()),
                                config.addressPeriod().dividedBy(config.addressBurst()),
                                Duration.ofSeconds(1)));
        this.waitForLink = Collections.max(List.of(wait, config.linkPeriod().dividedBy(config.linkBurst())));
    }

    /**
     * Admits something that a reader sends to a site.
     *
     * @throws TooManyRequests if the sender, the site or the tenant had enough
     */
    void admit(String tenant, UUID site, InetAddress client) {
        admit(tenant, site, client, wait);
    }

    /**
     * @throws TooManyRequests if too much was sent at one address; it reads as any other limit
     */
    void admitAddress(String tenant, byte[] lookup, InetAddress client) {
        if (!lifted(client)) {
            var name = "address " + tenant + " " + HexFormat.of().formatHex(lookup);
            take(name, config.addressBurst(), config.addressPeriod(), wait);
        }
    }

    /**
     * Admits a request for a link to be mailed, known addresses and unknown ones alike. Senders are counted together
     * with what they submit; all refusals of such requests read the same.
     *
     * @throws TooManyRequests if the sender, the site or the tenant had enough
     */
    public void admitLinkRequest(String tenant, UUID site, InetAddress client) {
        admit(tenant, site, client, waitForLink);
    }

    /**
     * @throws TooManyRequests if too many links were asked for at one address, whether anybody is known there or not
     */
    public void admitLinkTo(String tenant, byte[] lookup, InetAddress client) {
        if (!lifted(client)) {
            var name = "link " + tenant + " " + HexFormat.of().formatHex(lookup);
            take(name, config.linkBurst(), config.linkPeriod(), waitForLink);
        }
    }

    private void admit(String tenant, UUID site, InetAddress client, Duration pause) {
        if (lifted(client)) {
            return;
        }
        take("sender " + ClientAddress.sender(client), config.senderBurst(), config.senderPeriod(), pause);
        take("site " + tenant + " " + site, perSecond(config.sitePerSecond()), burst(), pause);
        take("tenant " + tenant, perSecond(config.tenantPerSecond()), burst(), pause);
    }

    private boolean lifted(InetAddress client) {
        return loopbackUnlimited && client.isLoopbackAddress();
    }

    private void take(String name, int capacity, Duration period, Duration pause) {
        var bucket =
                buckets.get(
                        name,
                        _ ->
                                Bucket.builder()
                                        .addLimit(
                                                Bandwidth.builder()
                                                        .capacity(capacity)
                                                        .refillGreedy(capacity, period)
                                                        .build())
                                        .build());
        if (!bucket.tryConsume(1)) {
            throw new TooManyRequests(pause);
        }
    }

    private static int perSecond(int rate) {
        return rate * BURST_SECONDS;
    }

    private static Duration burst() {
        return Duration.ofSeconds(BURST_SECONDS);
    }
}
