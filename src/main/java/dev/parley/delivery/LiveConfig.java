package dev.parley.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Live events of threads and queues. Each replica counts for itself. */
@ConfigMapping(prefix = "parley.live")
public interface LiveConfig {

    /** Streams that one network (/24 or /64) may have open. */
    @WithDefault("50")
    int perNetwork();

    /** Streams that one site's pages may have open. */
    @WithDefault("5000")
    int perSite();

    /** Streams that one member of staff may have open. */
    @WithDefault("10")
    int perMember();

    /** After this silence a comment line is sent, so that proxies keep the line and a dead one is noticed. */
    @WithDefault("20s")
    Duration heartbeat();

    /** After this time a stream ends; the browser opens another one by itself. */
    @WithDefault("30m")
    Duration lifetime();

    /** The same for streams of staff: with a new one comes a new look at who asks. */
    @WithDefault("5m")
    Duration staffLifetime();

    /** How long a reader may take to accept one event before the stream is cut. */
    @WithDefault("10s")
    Duration patience();
}
