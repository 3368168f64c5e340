package dev.parley.widget;

import io.quarkiverse.web.bundler.runtime.Bundle;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Leads from the name that the frame's script or style has in another release to the one it has in ours: while replicas
 * are replaced one by one, the page may come from one and what it loads from the other. Our own files never get here.
 */
@Path("/")
@PermitAll
class OtherReleaseResource {

    private final Bundle bundle;

    OtherReleaseResource(Bundle bundle) {
        this.bundle = bundle;
    }

    @GET
    @Path("static/bundle/widget-{version:[0-9A-Z]{8}}.{kind:css|js}")
    @Operation(hidden = true)
    public Response ours(@PathParam("version") String version, @PathParam("kind") String kind) {
        return Response.status(Response.Status.TEMPORARY_REDIRECT)
                .location(URI.create(bundle.resolve("widget." + kind)))
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=60")
                .build();
    }
}
