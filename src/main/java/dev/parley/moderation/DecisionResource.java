package dev.parley.moderation;

import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;

/** Decisions on several comments at once, and undoing decisions. */
@Path("/api/v1/tenants/{tenant}/decisions")
@Authenticated
@RunOnVirtualThread
class DecisionResource {

    private final Decisions decisions;
    private final BulkDecisions bulk;
    private final CurrentStaff staff;

    DecisionResource(Decisions decisions, BulkDecisions bulk, CurrentStaff staff) {
        this.decisions = decisions;
        this.bulk = bulk;
        this.staff = staff;
    }

    @POST
    @Entitled(Role.MODERATOR)
    public BulkView decide(@PathParam("tenant") String tenant, @NotNull @Valid BulkRequest request) {
        return bulk.decide(request, staff.get());
    }

    @POST
    @Path("{id}/undo")
    @Entitled(Role.MODERATOR)
    public DecisionView undo(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        return decisions.undo(id, staff.get());
    }

    @POST
    @Path("batches/{batch}/undo")
    @Entitled(Role.MODERATOR)
    public BulkView undoBatch(@PathParam("tenant") String tenant, @PathParam("batch") UUID batch) {
        return bulk.undo(batch, staff.get());
    }
}
