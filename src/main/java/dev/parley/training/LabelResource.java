package dev.parley.training;

import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import dev.parley.platform.Page;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Labels of a tenant, for its admins: to look at, to take along, to delete. */
@Path("/api/v1/tenants/{tenant}/labels")
@Authenticated
@RunOnVirtualThread
class LabelResource {

    private static final int BATCH = 200;

    private final Labels labels;
    private final CurrentStaff staff;

    LabelResource(Labels labels, CurrentStaff staff) {
        this.labels = labels;
        this.staff = staff;
    }

    @GET
    @Entitled(Role.ADMIN)
    public Page<LabelView> list(
            @PathParam("tenant") String tenant,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(100) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return labels.page(limit, cursor);
    }

    /** All of them, one JSON object a line, as the training and evaluation commands read them. */
    @GET
    @Path("export")
    @Produces("application/jsonl")
    @Entitled(Role.ADMIN)
    public StreamingOutput export(@PathParam("tenant") String tenant) {
        return out -> {
            var batch = labels.lines(null, BATCH);
            out.write(batch.text().getBytes(StandardCharsets.UTF_8));
            while (batch.last() != null) {
                batch = labels.lines(batch.last(), BATCH);
                out.write(batch.text().getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    @DELETE
    @Entitled(Role.ADMIN)
    public void deleteAll(@PathParam("tenant") String tenant) {
        labels.deleteAll(staff.get().actor());
    }

    @DELETE
    @Path("{id}")
    @Entitled(Role.ADMIN)
    public void delete(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        labels.delete(id, staff.get().actor());
    }
}
