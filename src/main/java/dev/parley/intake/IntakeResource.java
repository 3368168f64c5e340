package dev.parley.intake;

import dev.parley.identity.ForReaders;
import dev.parley.platform.ClientAddress;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Where readers' comments come in. */
@Path("/api/v1/sites/{site}")
@Consumes(MediaType.APPLICATION_JSON)
@PermitAll
@ForReaders
@RunOnVirtualThread
class IntakeResource {

    private final Intake intake;
    private final ClientAddress addresses;

    IntakeResource(Intake intake, ClientAddress addresses) {
        this.intake = intake;
        this.addresses = addresses;
    }

    /**
     * The new text of a comment.
     *
     * @param nudge whether the client can ask its reader to say it differently, if the tenant wants that; null for no
     */
    public record EditRequest(@Nullable String body, @Nullable Boolean nudge) {}

    @POST
    @Path("articles/{article}/comments")
    @ResponseStatus(201)
    public Receipt submit(
            @PathParam("site") String site,
            @PathParam("article") String article,
            @HeaderParam("Origin") @Nullable String origin,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @HeaderParam("Reader-Token") @Nullable String readerToken,
            @NotNull @Valid SubmitRequest request,
            HttpServerRequest http) {
        return intake.submit(
                site, article, request, new Envelope(origin, addresses.of(http), idempotencyKey, readerToken, false));
    }

    @PATCH
    @Path("comments/{id}")
    public Receipt edit(
            @PathParam("site") String site,
            @PathParam("id") UUID id,
            @HeaderParam("Origin") @Nullable String origin,
            @HeaderParam("Edit-Token") @Nullable String editToken,
            @NotNull @Valid EditRequest request,
            HttpServerRequest http) {
        return intake.edit(
                site, id, editToken, request.body(), Boolean.TRUE.equals(request.nudge()), envelope(origin, http));
    }

    @DELETE
    @Path("comments/{id}")
    @Consumes(MediaType.WILDCARD)
    public void withdraw(
            @PathParam("site") String site,
            @PathParam("id") UUID id,
            @HeaderParam("Origin") @Nullable String origin,
            @HeaderParam("Edit-Token") @Nullable String editToken,
            HttpServerRequest http) {
        intake.withdraw(site, id, editToken, envelope(origin, http));
    }

    private Envelope envelope(@Nullable String origin, HttpServerRequest http) {
        return new Envelope(origin, addresses.of(http), null, null, false);
    }
}
