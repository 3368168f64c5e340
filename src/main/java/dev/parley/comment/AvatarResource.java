package dev.parley.comment;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Pictures of commenters by their public id, whether or not anybody bears it: nothing is looked up. */
@Path("/avatars")
@PermitAll
class AvatarResource {

    /** The picture of an id never changes. What it may do as a document is said by the policy for all data: nothing. */
    @GET
    @Path("{id:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}.svg")
    @Operation(hidden = true)
    public Response picture(@PathParam("id") UUID id) {
        return Response.ok(Avatars.svg(id), "image/svg+xml")
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .build();
    }
}
