package dev.parley.platform;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/**
 * Headers on every answer, also on those that never reach an endpoint. What says nothing else is data, not a page: it
 * may run nothing, load nothing and be framed by nobody.
 */
class SecurityHeaders {

    static final String POLICY = "Content-Security-Policy";
    private static final String DATA_ONLY = "default-src 'none'; sandbox; frame-ancestors 'none'";
    private static final int EARLY = 400;

    void register(@Observes Filters filters) {
        filters.register(SecurityHeaders::secure, EARLY);
    }

    private static void secure(RoutingContext request) {
        request.addHeadersEndHandler(_ -> {
            var headers = request.response().headers();
            headers.set("X-Content-Type-Options", "nosniff");
            if (!headers.contains(POLICY) && !isDevelopmentPage(request.normalizedPath())) {
                headers.set(POLICY, DATA_ONLY);
            }
        });
        request.next();
    }

    /** Quarkus' own pages, which exist in development and tests only, bring scripts. */
    private static boolean isDevelopmentPage(@Nullable String path) {
        return path != null && (path.startsWith("/q/swagger-ui") || path.startsWith("/q/dev"));
    }
}
