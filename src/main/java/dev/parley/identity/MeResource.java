package dev.parley.identity;

import dev.parley.tenant.TenantContext;
import dev.parley.tenant.Tenants;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who is signed in, and where they may go. */
@Path("/api/v1/me")
@Authenticated
@RunOnVirtualThread
class MeResource {

    private final Members members;
    private final Tenants tenants;
    private final TenantContext context;
    private final SecurityIdentity identity;

    MeResource(Members members, Tenants tenants, TenantContext context, SecurityIdentity identity) {
        this.members = members;
        this.tenants = tenants;
        this.context = context;
        this.identity = identity;
    }

    /** Where who is signed in may go: ids of the tenants, and who they are there. */
    public record Me(List<String> tenants, boolean operator, List<Membership> memberships) {}

    /**
     * What somebody is at one tenant.
     *
     * @param sites ids of those that they are limited to; empty for all
     */
    public record Membership(
            String tenant, String tenantName, UUID member, String memberName, Role role, List<UUID> sites) {}

    @GET
    public Me me() {
        var subject = ((JsonWebToken) identity.getPrincipal()).getSubject();
        var ids = members.tenantsOf(subject);
        var memberships = ids.stream().flatMap(tenant -> membership(tenant, subject)).toList();
        return new Me(memberships.stream().map(Membership::tenant).toList(), identity.hasRole("operator"), memberships);
    }

    /** Behind the tenant's walls; empty if the member was removed meanwhile. */
    private Stream<Membership> membership(String tenant, String subject) {
        return context.call(
                tenant,
                () ->
                        members
                                .bySubject(subject)
                                .map(staff ->
                                        new Membership(
                                                tenant,
                                                tenants.name(tenant),
                                                staff.id(),
                                                staff.name(),
                                                staff.role(),
                                                staff.sites().stream().sorted().toList()))
                                .stream());
    }
}
