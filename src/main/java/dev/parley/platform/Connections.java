package dev.parley.platform;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * How many connections are open, in all: behind a proxy they come from one address. One above the bound is closed as it
 * comes, before anything is read or kept for it, so that a proxy can turn to another replica at once.
 */
@Singleton
class Connections {

    private static final Logger LOG = Logger.getLogger(Connections.class);
    private static final long SILENCE = Duration.ofMinutes(1).toNanos();

    private final int most;
    private final Counter refused;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong silentUntil = new AtomicLong(System.nanoTime());

    @Inject
    Connections(PlatformConfig config, MeterRegistry registry) {
        this(config.connections(), registry);
    }

    Connections(int most, MeterRegistry registry) {
        if (most < 1) {
            throw new IllegalArgumentException("parley.connections must be 1 or more");
        }
        this.most = most;
        refused =
                Counter.builder("parley.connections.refused")
                        .description("Connections that were closed as they came since too many were open")
                        .register(registry);
        Gauge.builder("parley.connections", open, AtomicInteger::get)
                .description("Connections of HTTP that are open, without those of the management port")
                .register(registry);
    }

    /** Counts a connection until it is closed, or closes it and says so. It must not be in use yet. */
    boolean admit(Channel accepted) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            refuse(accepted);
            return false;
        }
        accepted.closeFuture().addListener(_ -> open.decrementAndGet());
        return true;
    }

    private void refuse(Channel accepted) {
        refused.increment();
        accepted.unsafe().closeForcibly();
        long now = System.nanoTime();
        long until = silentUntil.get();
        if (now - until >= 0 && silentUntil.compareAndSet(until, now + SILENCE)) {
            LOG.warnf("%d connections are open (PARLEY_CONNECTIONS): more are refused", most);
        }
    }
}
