package dev.parley.article;

import dev.parley.article.SiteSecrets.SiteSecret;
import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The secret of a site, for admins: each look at it stands in the trail. */
@Path("/api/v1/tenants/{tenant}/sites/{id}/secret")
@Authenticated
@RunOnVirtualThread
class SiteSecretResource {

    private final SiteSecrets secrets;
    private final CurrentStaff staff;

    SiteSecretResource(SiteSecrets secrets, CurrentStaff staff) {
        this.secrets = secrets;
        this.staff = staff;
    }

    @GET
    @Entitled(Role.ADMIN)
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SiteSecret.class)))
    public Response show(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        staff.get().mustSee(id, "site");
        return unkept(200, secrets.show(id, staff.get().actor()));
    }

    /** The one before stays good until the next rotation, so that pages can go over to the new one. */
    @POST
    @Path("rotations")
    @Entitled(Role.ADMIN)
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = SiteSecret.class)))
    public Response rotate(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        staff.get().mustSee(id, "site");
        return unkept(201, secrets.rotate(id, staff.get().actor()));
    }

    private static Response unkept(int status, SiteSecret secret) {
        var control = new CacheControl();
        control.setNoStore(true);
        control.setNoTransform(false);
        return Response.status(status).entity(secret).cacheControl(control).build();
    }
}
