package dev.parley.identity;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** API keys of a tenant, for its admins. */
@Path("/api/v1/tenants/{tenant}/api-keys")
@Authenticated
@RunOnVirtualThread
class ApiKeyResource {

    private final ApiKeys keys;
    private final CurrentStaff staff;

    ApiKeyResource(ApiKeys keys, CurrentStaff staff) {
        this.keys = keys;
        this.staff = staff;
    }

    /** All keys, newest first. */
    public record ApiKeyList(List<ApiKeyView> items) {}

    @GET
    @Entitled(Role.ADMIN)
    public ApiKeyList list(@PathParam("tenant") String tenant) {
        return new ApiKeyList(keys.all());
    }

    @POST
    @Entitled(Role.ADMIN)
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = IssuedApiKey.class)))
    public Response create(@PathParam("tenant") String tenant, @NotNull @Valid NewApiKey key) {
        var unkept = new CacheControl();
        unkept.setNoStore(true);
        unkept.setNoTransform(false);
        return Response.status(201).entity(keys.create(key, staff.get())).cacheControl(unkept).build();
    }

    @DELETE
    @Path("{id}")
    @Entitled(Role.ADMIN)
    public void revoke(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        keys.revoke(id, staff.get().actor());
    }
}
