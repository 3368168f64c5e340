package dev.parley.platform;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Leaves requests of HTTP/2 alone that were taken back as they came. What follows a request in what has arrived is read
 * before anything is done for it; else its thread would race with the reset of its stream, and win often enough on a
 * busy machine. Quarkus itself asks no further once a caller has gone, also while a request waits for its thread or is
 * let in; what an endpoint has begun it brings to its end.
 */
@Singleton
class GoneCallers {

    /** After those that refuse by headers alone, before those that answer. */
    private static final int BEFORE_ANYTHING_IS_DONE = 350;

    private final Counter gone;

    GoneCallers(MeterRegistry registry) {
        gone =
                Counter.builder("parley.requests.gone")
                        .description("Requests of HTTP/2 that were taken back as they came")
                        .register(registry);
    }

    void register(@Observes Filters filters) {
        filters.register(this::letTheRestArrive, BEFORE_ANYTHING_IS_DONE);
    }

    private void letTheRestArrive(RoutingContext context) {
        if (context.request().version() == HttpVersion.HTTP_2) {
            context.vertx().runOnContext(_ -> goOnUnlessGone(context));
        } else {
            context.next();
        }
    }

    private void goOnUnlessGone(RoutingContext context) {
        if (context.response().closed()) {
            gone.increment();
        } else {
            context.next();
        }
    }
}
