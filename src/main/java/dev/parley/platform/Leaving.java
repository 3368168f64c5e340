package dev.parley.platform;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Takes no more requests once the program was asked to end and balancers had their time to hear of it, so that those
 * that run come to their end and none is cut off. Quarkus itself would go on to take what comes over connections that
 * are open, until the time of grace is over, and then close them whatever is in the air.
 */
@Singleton
class Leaving {

    /** Just before whatever else refuses. */
    private static final int FIRST_OF_ALL = 385;

    private static final String RETRY_SECONDS = "1";

    private final Optional<Duration> delay;

    /** From when on, by the system's timer. */
    private volatile @Nullable Long from;

    /**
     * @param delay empty where nothing is refused, as in tests that say to the live streams alone that the end is near
     */
    Leaving(@ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> delay) {
        this.delay = delay;
    }

    void asked(@Observes ShutdownDelayInitiatedEvent event) {
        delay.ifPresent(time -> from = System.nanoTime() + time.toNanos());
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseOnceLeaving, FIRST_OF_ALL);
    }

    private void refuseOnceLeaving(RoutingContext context) {
        var since = from;
        if (since == null || System.nanoTime() < since) {
            context.next();
            return;
        }
        var response = context.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        // Others may be in the air on a connection of HTTP/2, which Quarkus tells that it is to go away.
        if (context.request().version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        Doorway.end(context.request(), ProblemType.UNAVAILABLE);
    }
}
