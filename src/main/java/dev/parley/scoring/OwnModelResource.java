package dev.parley.scoring;

import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;

/** Models that a tenant's moderators taught, for its admins: looked at, put in force, taken out of it, deleted. */
@Path("/api/v1/tenants/{tenant}/own-models")
@Authenticated
@RunOnVirtualThread
class OwnModelResource {

    private final OwnModels models;
    private final CurrentStaff staff;

    OwnModelResource(OwnModels models, CurrentStaff staff) {
        this.models = models;
        this.staff = staff;
    }

    /** Models, newest first. */
    public record OwnModelList(List<OwnModelView> items) {}

    @GET
    @Entitled(Role.ADMIN)
    public OwnModelList list(@PathParam("tenant") String tenant) {
        return new OwnModelList(models.list());
    }

    @GET
    @Path("{id}")
    @Entitled(Role.ADMIN)
    public OwnModelView get(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        return models.get(id);
    }

    @DELETE
    @Path("{id}")
    @Entitled(Role.ADMIN)
    public void delete(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        models.delete(id, staff.get().actor());
    }

    @PUT
    @Path("{id}/activation")
    @Entitled(Role.ADMIN)
    public OwnModelView activate(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        return models.activate(id, staff.get().actor());
    }

    @DELETE
    @Path("{id}/activation")
    @Entitled(Role.ADMIN)
    public void retire(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        models.retire(id, staff.get().actor());
    }
}
