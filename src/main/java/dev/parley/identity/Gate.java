package dev.parley.identity;

import dev.parley.platform.NotFound;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import dev.parley.tenant.Tenants;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Enters the tenant of a request: of the path and the member table for staff, of the site key for readers, of the API
 * key for programs. Nothing else of a request chooses a tenant.
 */
class Gate {

    private final TenantContext context;
    private final Tenants tenants;
    private final Sites sites;
    private final Members members;
    private final ApiKeys keys;
    private final CurrentProgram program;
    private final CurrentStaff current;
    private final SecurityIdentity identity;

    Gate(
            TenantContext context,
            Tenants tenants,
            Sites sites,
            Members members,
            ApiKeys keys,
            CurrentProgram program,
            CurrentStaff current,
            SecurityIdentity identity) {
        this.context = context;
        this.tenants = tenants;
        this.sites = sites;
        this.members = members;
        this.keys = keys;
        this.program = program;
        this.current = current;
        this.identity = identity;
    }

    @ServerRequestFilter
    public void admit(ResourceInfo resource, UriInfo uri, HttpHeaders headers) {
        var method = resource.getResourceMethod();
        var entitled = method.getAnnotation(Entitled.class);
        var forPrograms = method.getAnnotation(ForPrograms.class);
        if (entitled != null) {
            admitStaff(uri.getPathParameters().getFirst("tenant"), entitled.value());
        } else if (forPrograms != null) {
            var tenant = uri.getPathParameters().getFirst("tenant");
            ApiKeys.shownIn(headers)
                    .ifPresentOrElse(key -> admitProgram(tenant, key), () -> admitStaff(tenant, forPrograms.value()));
        } else if (method.isAnnotationPresent(ForReaders.class)
                || resource.getResourceClass().isAnnotationPresent(ForReaders.class)) {
            sites.enter(uri.getPathParameters().getFirst("site"));
        }
    }

    /** A key says its tenant by itself; another one in the path is answered as one that does not exist. */
    private void admitProgram(String tenant, String key) {
        var client = keys.enter(key);
        if (!context.current().equals(tenant)) {
            throw new NotFound("tenant");
        }
        program.set(client);
    }

    private void admitStaff(String tenant, Role needed) {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw new UnauthorizedException();
        }
        context.enter(tenant);
        // Both are asked always, so that an unknown tenant takes as long as a foreign one.
        var member = members.bySubject(token.getSubject());
        var served = tenants.isActive(tenant);
        var staff = member.filter(_ -> served).orElseThrow(() -> new NotFound("tenant"));
        if (!staff.role().covers(needed)) {
            throw new NotEntitled(needed);
        }
        current.set(staff);
    }
}
