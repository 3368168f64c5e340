package dev.parley.invitation;

import dev.parley.identity.Role;
import dev.parley.platform.MailedToken;
import dev.parley.tenant.TenantContext;
import dev.parley.tenant.Tenants;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * What the holder of a mailed invitation does with it. The token says which tenant to enter, as a site key does
 * elsewhere; whatever does not open one is answered alike.
 */
@Path("/api/v1/invitations/{token}")
@Authenticated
@RunOnVirtualThread
class HolderResource {

    private final Invitations invitations;
    private final Accounts accounts;
    private final Tenants tenants;
    private final TenantContext context;
    private final SecurityIdentity identity;

    HolderResource(
            Invitations invitations,
            Accounts accounts,
            Tenants tenants,
            TenantContext context,
            SecurityIdentity identity) {
        this.invitations = invitations;
        this.accounts = accounts;
        this.tenants = tenants;
        this.context = context;
        this.identity = identity;
    }

    /** What somebody is invited to. */
    public record OfferView(String tenantName, String name, Role role, Instant expiresAt) {}

    @GET
    @PermitAll
    public OfferView offer(@PathParam("token") String token) {
        var offer = invitations.offer(entered(token));
        return new OfferView(offer.tenantName(), offer.name(), offer.role(), offer.expiresAt());
    }

    /** Makes a sign-in account for the address that the link was mailed to, unless there is one. */
    @POST
    @Path("account")
    @PermitAll
    public NewAccount account(@PathParam("token") String token) {
        return accounts.make(entered(token));
    }

    /** Makes whoever is signed in a member. */
    @POST
    @Path("acceptance")
    public AcceptedMembership accept(@PathParam("token") String token) {
        var subject = ((JsonWebToken) identity.getPrincipal()).getSubject();
        return invitations.accept(entered(token), subject);
    }

    private MailedToken entered(String token) {
        var parsed = MailedToken.parse(token).orElseThrow(Invitations::nothing);
        if (!tenants.isActive(parsed.place())) {
            throw Invitations.nothing();
        }
        context.enter(parsed.place());
        return parsed;
    }
}
