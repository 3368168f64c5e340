package dev.parley.identity;

import dev.parley.platform.Problem;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Lets pages of a site's own origins read the answers of the readers' API, so that a publisher can draw the widget
 * themselves. Credentials are never allowed: there are none.
 */
public class Cors {

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
        if (origin != null && context.currentIfAny().isPresent()) {
            find(site)
                    .ifPresent(found ->
                            headers(found, origin)
                                    .forEach((name, value) -> response.getHeaders().putSingle(name, value)));
        }
    }

    /** What lets a page of that origin read an answer of the site; nothing if the origin is not the site's. */
    public static Map<String, String> headers(SiteView site, String origin) {
        return site.origins().contains(origin)
                ? Map.of(ALLOW_ORIGIN, origin, "Access-Control-Expose-Headers", "ETag, Retry-After")
                : Map.of();
    }

    private Optional<SiteView> find(String site) {
        try {
            return Optional.of(sites.byKey(site));
        } catch (Problem unknown) {
            return Optional.empty();
        }
    }
}
