package dev.parley.simulation;

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

/** Policies tried on the past, for a tenant's admins. */
@Path("/api/v1/tenants/{tenant}/policies/simulations")
@Authenticated
@RunOnVirtualThread
class SimulationResource {

    private final Simulations simulations;
    private final CurrentStaff staff;

    SimulationResource(Simulations simulations, CurrentStaff staff) {
        this.simulations = simulations;
        this.staff = staff;
    }

    /** Simulations, newest first. */
    public record SimulationList(List<SimulationView> items) {}

    @GET
    @Entitled(Role.ADMIN)
    public SimulationList list(@PathParam("tenant") String tenant) {
        return new SimulationList(simulations.newest(staff.get()));
    }

    @POST
    @Entitled(Role.ADMIN)
    @ResponseStatus(202)
    public SimulationView start(@PathParam("tenant") String tenant, @NotNull @Valid SimulationRequest request) {
        return simulations.start(request, staff.get());
    }

    @GET
    @Path("{id}")
    @Entitled(Role.ADMIN)
    public SimulationView get(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        return simulations.get(id, staff.get());
    }

    @DELETE
    @Path("{id}")
    @Entitled(Role.ADMIN)
    public void cancel(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        simulations.cancel(id, staff.get());
    }
}
