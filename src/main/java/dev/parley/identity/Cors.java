package dev.parley.identity;

import dev.parley.platform.Problem;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Lets pages of a site's own origins read the answers of the readers' API, so that a publisher can draw the widget
 * themselves. Credentials are never allowed: there are none.
 */
class Cors {

    static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

    private final Sites sites;
    private final TenantContext context;

    Cors(Sites sites, TenantContext context) {
        this.sites = sites;
        this.context = context;
    }

    @ServerResponseFilter
    public void allow(ContainerRequestContext request, ContainerResponseContext response) {
        var site = request.getUriInfo().getPathParameters().getFirst("site");
        if (site == null || !request.getUriInfo().getPath().startsWith("/api/v1/sites/")) {
            return;
        }
        response.getHeaders().add("Vary", "Origin");
        var origin = request.getHeaderString("Origin");
        if (origin != null && context.currentIfAny().isPresent() && isOf(site, origin)) {
            response.getHeaders().putSingle(ALLOW_ORIGIN, origin);
            response.getHeaders().putSingle("Access-Control-Expose-Headers", "ETag, Retry-After");
        }
    }

    private boolean isOf(String site, String origin) {
        try {
            return sites.byKey(site).origins().contains(origin);
        } catch (Problem unknown) {
            return false;
        }
    }
}
