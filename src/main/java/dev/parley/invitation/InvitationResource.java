package dev.parley.invitation;

import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Invitations of a tenant, for its admins. */
@Path("/api/v1/tenants/{tenant}/invitations")
@Authenticated
@RunOnVirtualThread
class InvitationResource {

    private final Invitations invitations;
    private final CurrentStaff staff;

    InvitationResource(Invitations invitations, CurrentStaff staff) {
        this.invitations = invitations;
        this.staff = staff;
    }

    /** All invitations. */
    public record InvitationList(List<InvitationView> items) {}

    @GET
    @Entitled(Role.ADMIN)
    public InvitationList list(@PathParam("tenant") String tenant) {
        return new InvitationList(invitations.all());
    }

    @POST
    @Entitled(Role.ADMIN)
    @ResponseStatus(201)
    public InvitationView invite(@PathParam("tenant") String tenant, @NotNull @Valid NewInvitation invitation) {
        return invitations.invite(invitation, staff.get());
    }

    @POST
    @Path("{id}/resend")
    @Entitled(Role.ADMIN)
    public InvitationView resend(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        return invitations.resend(id, staff.get());
    }

    @DELETE
    @Path("{id}")
    @Entitled(Role.ADMIN)
    public void withdraw(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        invitations.withdraw(id, staff.get().actor());
    }
}
