package dev.parley.identity;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Members of a tenant, for its admins. */
@Path("/api/v1/tenants/{tenant}/members")
@Authenticated
@RunOnVirtualThread
class MemberResource {

    private final Members members;
    private final CurrentStaff staff;

    MemberResource(Members members, CurrentStaff staff) {
        this.members = members;
        this.staff = staff;
    }

    /** All members. */
    public record MemberList(List<MemberView> items) {}

    @GET
    @Entitled(Role.ADMIN)
    public MemberList list(@PathParam("tenant") String tenant) {
        return new MemberList(members.all());
    }

    @POST
    @Entitled(Role.ADMIN)
    @ResponseStatus(201)
    public MemberView add(@PathParam("tenant") String tenant, @NotNull @Valid NewMember member) {
        return members.add(member, staff.get().actor());
    }

    /** Changes role, name or sites; the last admin stays one. */
    @PATCH
    @Path("{id}")
    @Entitled(Role.ADMIN)
    public MemberView change(
            @PathParam("tenant") String tenant, @PathParam("id") UUID id, @NotNull @Valid MemberChange change) {
        return members.change(id, change, staff.get().actor());
    }

    @DELETE
    @Path("{id}")
    @Entitled(Role.ADMIN)
    public void remove(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        members.remove(id, staff.get().actor());
    }
}
