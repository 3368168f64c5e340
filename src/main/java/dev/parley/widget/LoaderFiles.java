package dev.parley.widget;

import io.quarkiverse.web.bundler.runtime.Bundle;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * The bundled scripts and styles under {@code /static/bundle/}: their names carry a digest, so browsers keep them for
 * ever, and the loader's are run by pages of other origins.
 */
@Singleton
class LoaderFiles {

    static final String FOREVER = "public, max-age=31536000, immutable";

    private static final String FOLDER = "/static/bundle/";
    private static final String LOADER = FOLDER + "embed-";
    private static final int AFTER_THE_GENERAL_ONES = 390;
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final String path;

    LoaderFiles(Bundle bundle) {
        this.path = bundle.script("embed");
    }

    /** Of this release's loader. */
    String path() {
        return path;
    }

    void register(@Observes Filters filters) {
        filters.register(LoaderFiles::add, AFTER_THE_GENERAL_ONES);
    }

    private static void add(RoutingContext request) {
        var path = request.normalizedPath();
        if (path != null && path.startsWith(FOLDER)) {
            request.addHeadersEndHandler(_ -> set(request.response(), path.startsWith(LOADER)));
        }
        request.next();
    }

    private static void set(HttpServerResponse response, boolean loader) {
        if (response.getStatusCode() == OK || response.getStatusCode() == NOT_MODIFIED) {
            response.headers().set("Cache-Control", FOREVER);
        }
        if (loader) {
            forEverybody(response);
        }
    }

    /** What any page may run. */
    static void forEverybody(HttpServerResponse response) {
        response.headers().set("Access-Control-Allow-Origin", "*").set("Cross-Origin-Resource-Policy", "cross-origin");
    }
}
