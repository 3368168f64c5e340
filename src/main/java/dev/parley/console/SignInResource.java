package dev.parley.console;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The way in. Whoever is not signed in is sent to the sign-in server before either of these runs ({@code
 * quarkus.http.auth.permission.console}).
 */
@Path("/console")
@Authenticated
@RunOnVirtualThread
class SignInResource {

    private static final String HOME = "/console";

    /** A path of the console and nothing that a browser could take for another host. */
    private static final Pattern WITHIN = Pattern.compile("/console(?:[/?][A-Za-z0-9/?&=._~%@:+,;-]*)?");

    @GET
    @Path("sign-in")
    @Operation(hidden = true)
    public Response signIn(@QueryParam("to") @Nullable String to) {
        return to(to != null && WITHIN.matcher(to).matches() ? to : HOME);
    }

    /** Where the sign-in server sends people back to; the session is made, and they are sent on, before this runs. */
    @GET
    @Path("signed-in")
    @Operation(hidden = true)
    public Response signedIn() {
        return to(HOME);
    }

    private static Response to(String path) {
        return Response.seeOther(URI.create(path)).build();
    }
}
