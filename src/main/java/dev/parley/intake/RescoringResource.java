package dev.parley.intake;

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
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Scoring a tenant's comments again, for its admins. */
@Path("/api/v1/tenants/{tenant}/rescorings")
@Authenticated
@RunOnVirtualThread
class RescoringResource {

    private final Rescorings rescorings;
    private final CurrentStaff staff;

    RescoringResource(Rescorings rescorings, CurrentStaff staff) {
        this.rescorings = rescorings;
        this.staff = staff;
    }

    @GET
    @Entitled(Role.ADMIN)
    public RescoringList list(@PathParam("tenant") String tenant) {
        return rescorings.list();
    }

    @POST
    @Entitled(Role.ADMIN)
    @ResponseStatus(202)
    public RescoringView start(@PathParam("tenant") String tenant, @NotNull @Valid RescoringRequest request) {
        return rescorings.start(request.scope(), staff.get().actor());
    }

    @GET
    @Path("{id}")
    @Entitled(Role.ADMIN)
    public RescoringView get(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        return rescorings.get(id);
    }

    /** Stops a job; what it did stays done. */
    @DELETE
    @Path("{id}")
    @Entitled(Role.ADMIN)
    public void cancel(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        rescorings.cancel(id, staff.get().actor());
    }
}
