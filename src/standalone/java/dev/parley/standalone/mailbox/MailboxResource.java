package dev.parley.standalone.mailbox;

import dev.parley.platform.NotFound;
import dev.parley.platform.PlatformConfig;
import dev.parley.standalone.mailbox.MailboxPages.ShownMail;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The mailbox of a standalone run. Anywhere else there is no such page. */
@Path("/mailbox")
@PermitAll
@RunOnVirtualThread
class MailboxResource {

    /** A page of somebody else's, whose name was made to lead here, must not read the links. */
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Mailbox mailbox;
    private final PlatformConfig platform;

    MailboxResource(Mailbox mailbox, PlatformConfig platform) {
        this.mailbox = mailbox;
        this.platform = platform;
    }

    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    @Operation(hidden = true)
    public Response mails(UriInfo uri) {
        mustBeHere(uri);
        var mails = mailbox.all().stream().map(ShownMail::of).toList();
        return Response.ok(MailboxPages.page(mails))
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .build();
    }

    @GET
    @Path("style.css")
    @Produces("text/css;charset=UTF-8")
    @Operation(hidden = true)
    public Response stylesheet(UriInfo uri) {
        mustBeHere(uri);
        return Response.ok(MailboxResource.class.getResourceAsStream("/web/mailbox/mailbox.css"))
                .header("Cache-Control", "no-cache")
                .build();
    }

    private void mustBeHere(UriInfo uri) {
        if (!platform.standalone() || !THIS_MACHINE.contains(uri.getBaseUri().getHost())) {
            throw new NotFound("page");
        }
    }
}
