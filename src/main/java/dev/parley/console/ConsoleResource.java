package dev.parley.console;

import dev.parley.platform.PlatformConfig;
import io.quarkiverse.web.bundler.runtime.Bundle;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The console's page, the same at each of its addresses, and the way in and out. The page itself holds nothing that is
 * worth a sign-in: what it shows, it asks the API for.
 */
@Path("/console")
@Produces(ConsoleResource.HTML)
@RunOnVirtualThread
class ConsoleResource {

    static final String HTML = MediaType.TEXT_HTML + ";charset=UTF-8";

    private static final String HOME = "/console";

    /** A path of the console and nothing that a browser could take for another host. */
    private static final Pattern WITHIN = Pattern.compile("/console(?:[/?][A-Za-z0-9/?&=._~%@:+,;-]*)?");

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
    @PermitAll
    @Operation(hidden = true)
    public Response home(HttpServerRequest request) {
        return page(request);
    }

    @GET
    @Path("{rest:.+}")
    @PermitAll
    @Operation(hidden = true)
    public Response page(HttpServerRequest request) {
        // Sessions belong to one host; the sign-in server sends people back to that one alone.
        if (!platform.console().equals(request.scheme() + "://" + request.authority())
                && isAnotherHost(request.authority().toString())) {
            return Response.temporaryRedirect(URI.create(platform.console() + request.uri())).build();
        }
        var page = Pages.page(bundle.script("console"), bundle.style("console"), platform.publicOrigin());
        return Response.ok(page.render()).build();
    }

    /** Whoever is not signed in is sent to the sign-in server on the way. */
    @GET
    @Path("sign-in")
    @Authenticated
    @Operation(hidden = true)
    public Response signIn(@QueryParam("to") @Nullable String to) {
        return to(to != null && WITHIN.matcher(to).matches() ? to : HOME);
    }

    /** Where the sign-in server sends people back to; the session is made before this runs. */
    @GET
    @Path("signed-in")
    @Authenticated
    @Operation(hidden = true)
    public Response signedIn() {
        return to(HOME);
    }

    /** Ends the session here and at the sign-in server, before this runs; it runs for who had none. */
    @GET
    @Path("sign-out")
    @PermitAll
    @Operation(hidden = true)
    public Response signOut() {
        return to(identity.isAnonymous() ? HOME + "/signed-out" : HOME);
    }

    private static Response to(String path) {
        return Response.seeOther(URI.create(path)).build();
    }

    /** A proxy that ends TLS makes the scheme look different; that is no other host. */
    private boolean isAnotherHost(String authority) {
        return !URI.create(platform.console()).getAuthority().equals(authority);
    }
}
