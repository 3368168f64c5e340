package dev.parley.moderation;

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

/** How many reports one sender may make, wherever they come in. */
@Singleton
class FlagLimits {

    private final FlagConfig config;
    private final boolean loopbackUnlimited;

    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(Duration.ofHours(1)).build();

    FlagLimits(FlagConfig config, PlatformConfig platform) {
        this.config = config;
        this.loopbackUnlimited = platform.standalone() && platform.loopbackUnlimited();
    }

    /**
     * @throws TooManyRequests if the sender had enough
     */
    void admit(String tenant, InetAddress client) {
        if (loopbackUnlimited && client.isLoopbackAddress()) {
            return;
        }
        var bucket = buckets.get(tenant + " " + ClientAddress.sender(client), _ -> full());
        if (!bucket.tryConsume(1)) {
            throw new TooManyRequests(config.senderPeriod().dividedBy(config.senderBurst()));
        }
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(
                        Bandwidth.builder()
                                .capacity(config.senderBurst())
                                .refillGreedy(config.senderBurst(), config.senderPeriod())
                                .build())
                .build();
    }
}
