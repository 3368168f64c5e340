package dev.parley.reader;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Headers of everything under {@code /me}, refusals included. Addresses there hold tokens: no other page may learn
 * them, nothing may keep the pages, and no search engine may list them.
 */
@Singleton
class PageHeaders {

    static final String PREFIX = "/me/";

    /** The form that asks for a link has no secret in its address; with no-referrer it would send "Origin: null". */
    static final String FORM = "/me";

    private static final int AFTER_THE_GENERAL_ONES = 390;

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'";

    void register(@Observes Filters filters) {
        filters.register(PageHeaders::add, AFTER_THE_GENERAL_ONES);
    }

    private static void add(RoutingContext request) {
        var path = request.normalizedPath();
        if (path != null && (path.startsWith(PREFIX) || path.equals(FORM))) {
            request.addHeadersEndHandler(_ -> set(request));
        }
        request.next();
    }

    private static void set(RoutingContext request) {
        var headers = request.response().headers();
        headers.set("Content-Security-Policy", POLICY);
        headers.set("Cache-Control", "no-store");
        headers.set("Referrer-Policy", FORM.equals(request.normalizedPath()) ? "same-origin" : "no-referrer");
        headers.set("X-Robots-Tag", "noindex, nofollow");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
    }
}
