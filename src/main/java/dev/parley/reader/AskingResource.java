package dev.parley.reader;

import dev.parley.platform.ClientAddress;
import dev.parley.platform.InvalidInput;
import dev.parley.reader.Shell.Notice;
import dev.parley.tenant.Sites;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The page on which a reader asks for a link, as a plain form; what it sends is taken as by {@link LinkResource}. */
@Path("/me")
@Produces(SelfServiceResource.HTML)
@PermitAll
@RunOnVirtualThread
class AskingResource {

    private final Sites sites;
    private final Asking asking;
    private final SelfServicePages pages;
    private final ClientAddress addresses;

    AskingResource(Sites sites, Asking asking, SelfServicePages pages, ClientAddress addresses) {
        this.sites = sites;
        this.asking = asking;
        this.pages = pages;
        this.addresses = addresses;
    }

    @GET
    @Operation(hidden = true)
    public Response form(@QueryParam("site") @Nullable String site, @QueryParam("lang") @Nullable String lang) {
        var key = site == null ? "" : site;
        sites.enter(key);
        return page(200, pages.link(pages.shell(sites.byKey(key), lang), false));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response send(
            @QueryParam("site") @Nullable String site,
            @QueryParam("lang") @Nullable String lang,
            @HeaderParam("Origin") @Nullable String origin,
            MultivaluedMap<String, String> fields,
            HttpServerRequest http) {
        var key = site == null ? "" : site;
        sites.enter(key);
        var shell = pages.shell(sites.byKey(key), lang);
        try {
            asking.take(key, fields.getFirst("email"), origin, addresses.of(http));
        } catch (InvalidInput e) {
            return page(400, pages.link(shell, true));
        }
        var texts = shell.texts();
        return page(202, pages.notice(shell, Notice.good(texts.linkSent(), texts.linkSentText())));
    }

    private static Response page(int status, String html) {
        return Response.status(status).type(SelfServiceResource.HTML).entity(html).build();
    }
}
