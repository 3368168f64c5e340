package dev.parley.widget;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Serves the stylesheet. */
@Path("/assets")
@PermitAll
class StylesheetResource {

    private final Stylesheet stylesheet;

    StylesheetResource(Stylesheet stylesheet) {
        this.stylesheet = stylesheet;
    }

    /**
     * Another version than ours was made by another replica, of an older or newer release: ours is kept only shortly.
     */
    @GET
    @Path("widget-{version:[0-9a-f]{12}}.css")
    @Operation(hidden = true)
    public Response stylesheet(@PathParam("version") String version) {
        var keep = version.equals(stylesheet.version()) ? "public, max-age=31536000, immutable" : "public, max-age=60";
        return Response.ok(stylesheet.text(), "text/css;charset=UTF-8").header(HttpHeaders.CACHE_CONTROL, keep).build();
    }
}
