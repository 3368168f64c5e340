package dev.parley.intake;

import dev.parley.identity.ForReaders;
import dev.parley.platform.ClientAddress;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Where readers' reports come in. */
@Path("/api/v1/sites/{site}/comments/{id}/flags")
@Consumes(MediaType.APPLICATION_JSON)
@PermitAll
@ForReaders
@RunOnVirtualThread
class FlagResource {

    private final Reports reports;
    private final ClientAddress addresses;

    FlagResource(Reports reports, ClientAddress addresses) {
        this.reports = reports;
        this.addresses = addresses;
    }

    /** What the reader gets: the report is there, and nothing about what becomes of it. */
    public record FlagReceipt(UUID id) {}

    @POST
    @ResponseStatus(202)
    public FlagReceipt flag(
            @PathParam("site") String site,
            @PathParam("id") UUID id,
            @HeaderParam("Origin") @Nullable String origin,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @NotNull @Valid FlagRequest request,
            HttpServerRequest http) {
        return new FlagReceipt(
                reports.report(
                        site, id, request, new Envelope(origin, addresses.of(http), idempotencyKey, null, false)));
    }
}
