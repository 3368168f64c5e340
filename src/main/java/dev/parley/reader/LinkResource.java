package dev.parley.reader;

import dev.parley.platform.ClientAddress;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Where readers ask for a link to what they wrote. The site key in the body leads to the tenant. */
@Path("/api/v1/me/link")
@Consumes(MediaType.APPLICATION_JSON)
@PermitAll
@RunOnVirtualThread
class LinkResource {

    private final Asking asking;
    private final ClientAddress addresses;

    LinkResource(Asking asking, ClientAddress addresses) {
        this.asking = asking;
        this.addresses = addresses;
    }

    @POST
    @ResponseStatus(202)
    @APIResponse(responseCode = "202", description = "If anybody wrote at this address, a link is mailed to it")
    public void ask(@HeaderParam("Origin") @Nullable String origin, @NotNull LinkAsk request, HttpServerRequest http) {
        asking.ask(request, origin, addresses.of(http));
    }
}
