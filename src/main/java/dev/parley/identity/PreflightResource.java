package dev.parley.identity;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What a browser asks before it lets a page of another origin post. {@link Cors} says whether that page may. */
@Path("/api/v1/sites/{site}/{rest:.+}")
@PermitAll
@ForReaders
@RunOnVirtualThread
class PreflightResource {

    @OPTIONS
    @Operation(hidden = true)
    public Response preflight(@PathParam("site") String site, @PathParam("rest") String rest) {
        return Response.noContent()
                .header("Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE")
                .header(
                        "Access-Control-Allow-Headers",
                        "Content-Type, Idempotency-Key, Edit-Token, Reader-Token, If-None-Match")
                .header("Access-Control-Max-Age", "600")
                .build();
    }
}
