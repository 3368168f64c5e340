package dev.parley.console;

import io.quarkus.oidc.TenantResolver;
import io.quarkus.oidc.runtime.OidcUtils;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * Tells the two ways of signing in apart: a bearer token always counts as such, and only who brings none is known by
 * the cookies of the console. Nothing else of a request, such as a segment of its path, chooses the way.
 */
@ApplicationScoped
class Sessions implements TenantResolver {

    /** Name of the OIDC configuration, and the end of the session cookies' names. */
    static final String CONSOLE = "console";

    private static final String COOKIE = OidcUtils.SESSION_COOKIE_NAME + "_" + CONSOLE;

    @Override
    public String resolve(RoutingContext request) {
        return isPage(request.normalizedPath()) || isBroughtBy(request) ? CONSOLE : OidcUtils.DEFAULT_TENANT_ID;
    }

    /** Whether the session is all that says who makes this request. */
    static boolean isBroughtBy(RoutingContext request) {
        return request.request().getHeader("Authorization") == null
                && request.request().cookies().stream().anyMatch(cookie -> cookie.getName().startsWith(COOKIE));
    }

    static boolean isPage(@Nullable String path) {
        return path != null && (path.equals("/console") || path.startsWith("/console/"));
    }
}
