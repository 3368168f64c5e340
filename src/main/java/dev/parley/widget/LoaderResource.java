package dev.parley.widget;

import dev.parley.platform.PlatformConfig;
import io.vertx.core.http.HttpServerResponse;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The loader's stable address. What stands there names this release's file, which browsers keep for ever. */
@Path("/")
@PermitAll
class LoaderResource {

    /** A page shows a new release after five minutes at most, and never waits for it. */
    private static final String SHORTLY = "public, max-age=300, stale-while-revalidate=86400";

    private static final String BRIEFLY = "public, max-age=60";

    /** An image or form named "currentScript" in the page would say where to load from, if it were asked. */
    private static final String SCRIPT =
            """
            import(new URL("%s", document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : "%s").href).catch(console.warn)
            """;

    private final LoaderFiles files;
    private final PlatformConfig platform;

    LoaderResource(LoaderFiles files, PlatformConfig platform) {
        this.files = files;
        this.platform = platform;
    }

    /**
     * An import runs once however often a page includes this, leaves no name behind, and needs no more of a publisher's
     * content security policy than the script itself. From where this came, the file comes too.
     */
    @GET
    @Path("embed.js")
    @Operation(hidden = true)
    public Response loader(Request request, HttpServerResponse response) {
        LoaderFiles.forEverybody(response);
        var tag = new EntityTag(Integer.toHexString(files.path().hashCode()));
        var unchanged = request.evaluatePreconditions(tag);
        var answer =
                unchanged != null
                        ? unchanged
                        : Response.ok(
                                        SCRIPT.formatted(files.path(), platform.publicOrigin()),
                                        "text/javascript;charset=UTF-8")
                                .tag(tag);
        return answer.header(HttpHeaders.CACHE_CONTROL, SHORTLY).build();
    }

    /** Another version than ours was named by another replica, of an older or newer release: ours does as well. */
    @GET
    @Path("static/bundle/embed-{version:[0-9A-Z]{8}}.js")
    @Operation(hidden = true)
    public Response another() {
        return Response.status(Response.Status.TEMPORARY_REDIRECT)
                .location(URI.create(files.path()))
                .header(HttpHeaders.CACHE_CONTROL, BRIEFLY)
                .build();
    }
}
