package dev.parley.console;

import dev.parley.platform.PlatformConfig;
import io.quarkiverse.web.bundler.runtime.Bundle;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The console's page, the same at each of its addresses, and the way out. The page itself holds nothing that is worth a
 * sign-in: what it shows, it asks the API for.
 */
@Path("/console")
@Produces(ConsoleResource.HTML)
@PermitAll
@RunOnVirtualThread
class ConsoleResource {

    static final String HTML = MediaType.TEXT_HTML + ";charset=UTF-8";

    private final PlatformConfig platform;
    private final Bundle bundle;
    private final SecurityIdentity identity;

    ConsoleResource(PlatformConfig platform, Bundle bundle, SecurityIdentity identity) {
        this.platform = platform;
        this.bundle = bundle;
        this.identity = identity;
    }

    @CheckedTemplate(basePath = "console")
    static class Pages {
        private Pages() {}

        static native TemplateInstance page(String script, String style, String publicOrigin);
    }

    @GET
    @Operation(hidden = true)
    public Response home(HttpServerRequest request) {
        return page(request);
    }

    @GET
    @Path("{rest:.+}")
    @Operation(hidden = true)
    public Response page(HttpServerRequest request) {
        // Sessions belong to one host; the sign-in server sends people back to that one alone.
        if (!isConsoles(request.authority())) {
            return Response.temporaryRedirect(URI.create(platform.console() + request.uri())).build();
        }
        var page = Pages.page(bundle.script("console"), bundle.style("console"), platform.publicOrigin());
        return Response.ok(page.render()).build();
    }

    /** Ends the session here and at the sign-in server, before this runs; it runs for who had none. */
    @GET
    @Path("sign-out")
    @Operation(hidden = true)
    public Response signOut() {
        return Response.seeOther(URI.create(identity.isAnonymous() ? "/console/signed-out" : "/console")).build();
    }

    /** The scheme is not asked for: a proxy that ends TLS makes it look different. */
    private boolean isConsoles(@Nullable HostAndPort host) {
        return host != null && host.toString().equals(URI.create(platform.console()).getAuthority());
    }
}
