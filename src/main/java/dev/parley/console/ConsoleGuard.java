package dev.parley.console;

import dev.parley.platform.Json;
import dev.parley.platform.PlatformConfig;
import dev.parley.platform.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What protects people who are signed in to the console from other pages: those can't frame it, run nothing in it, and
 * whatever they send with its cookies is refused, since a browser says truly from which page a request comes.
 */
@Singleton
class ConsoleGuard {

    private static final int AFTER_THE_GENERAL_ONES = 390;
    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final PlatformConfig platform;
    private final Json json;
    private final String policy;

    ConsoleGuard(PlatformConfig platform, Json json) {
        this.platform = platform;
        this.json = json;
        // The preview of a site's snippet is the frame that readers see.
        this.policy =
                "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; frame-src "
                        + platform.publicOrigin()
                        + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
                        + " require-trusted-types-for 'script'; trusted-types lit-html";
    }

    void register(@Observes Filters filters) {
        filters.register(this::guard, AFTER_THE_GENERAL_ONES);
    }

    private void guard(RoutingContext request) {
        var path = request.normalizedPath();
        if (Sessions.isPage(path)) {
            request.addHeadersEndHandler(_ -> secure(request));
        } else if (isForStaff(path)
                && !HARMLESS.contains(request.request().method())
                && Sessions.isBroughtBy(request)
                && !platform.console().equals(request.request().getHeader("Origin"))) {
            refuse(request);
            return;
        }
        request.next();
    }

    private void secure(RoutingContext request) {
        var headers = request.response().headers();
        headers.set("Content-Security-Policy", policy);
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cache-Control", "private, no-store");
    }

    /** Readers' endpoints know no session; pages of every site may call them. */
    private static boolean isForStaff(@Nullable String path) {
        return path != null && path.startsWith("/api/") && !path.startsWith("/api/v1/sites/");
    }

    private void refuse(RoutingContext request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", ProblemType.ORIGIN_NOT_ALLOWED.uri());
        body.put("title", ProblemType.ORIGIN_NOT_ALLOWED.title());
        body.put("status", ProblemType.ORIGIN_NOT_ALLOWED.status());
        body.put("detail", "With a session of the console, only the console's own page may change anything");
        body.put("instance", request.request().path());
        request.response()
                .setStatusCode(ProblemType.ORIGIN_NOT_ALLOWED.status())
                .putHeader("Content-Type", "application/problem+json")
                .end(json.write(body));
    }
}
