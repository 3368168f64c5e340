package dev.parley.delivery;

import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import dev.parley.platform.Page;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Webhooks of a tenant, for its admins. */
@Path("/api/v1/tenants/{tenant}/webhooks")
@Authenticated
@RunOnVirtualThread
class WebhookResource {

    private final Webhooks webhooks;
    private final CurrentStaff staff;

    WebhookResource(Webhooks webhooks, CurrentStaff staff) {
        this.webhooks = webhooks;
        this.staff = staff;
    }

    /** All webhooks, oldest first. */
    public record WebhookList(List<WebhookView> items) {}

    /** How many deliveries are sent again. */
    public record Replayed(int count) {}

    @GET
    @Entitled(Role.ADMIN)
    public WebhookList list(@PathParam("tenant") String tenant) {
        return new WebhookList(webhooks.all(staff.get()));
    }

    @POST
    @Entitled(Role.ADMIN)
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = IssuedWebhook.class)))
    public Response create(@PathParam("tenant") String tenant, @NotNull @Valid WebhookRequest webhook) {
        return unkept(webhooks.create(webhook, staff.get()));
    }

    @PUT
    @Path("{id}")
    @Entitled(Role.ADMIN)
    public WebhookView change(
            @PathParam("tenant") String tenant, @PathParam("id") UUID id, @NotNull @Valid WebhookRequest webhook) {
        return webhooks.change(id, webhook, staff.get());
    }

    /** With its log; what waits is not sent. */
    @DELETE
    @Path("{id}")
    @Entitled(Role.ADMIN)
    public void delete(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        webhooks.delete(id, staff.get());
    }

    /** Makes a new secret. For a day, or until that is ended, the one before signs too. */
    @POST
    @Path("{id}/secrets")
    @Entitled(Role.ADMIN)
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = IssuedWebhook.class)))
    public Response rotate(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        return unkept(webhooks.rotate(id, staff.get()));
    }

    /** From now on the present secret signs alone. */
    @DELETE
    @Path("{id}/secrets/previous")
    @Entitled(Role.ADMIN)
    public void endPrevious(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        webhooks.endPrevious(id, staff.get());
    }

    /** Sends an event that says nothing, within a second or so; the log tells what became of it. */
    @POST
    @Path("{id}/tests")
    @Entitled(Role.ADMIN)
    @ResponseStatus(202)
    public DeliveryView test(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        return webhooks.test(id, staff.get());
    }

    /** The log, newest first. */
    @GET
    @Path("{id}/deliveries")
    @Entitled(Role.ADMIN)
    public Page<DeliveryView> deliveries(
            @PathParam("tenant") String tenant,
            @PathParam("id") UUID id,
            @QueryParam("state") @Nullable DeliveryState state,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(100) int limit,
            @QueryParam("cursor") @Nullable @Size(max = 512) String cursor) {
        return webhooks.log(id, state, limit, cursor, staff.get());
    }

    /** Sends a delivery again, as the same message. */
    @POST
    @Path("{id}/deliveries/{delivery}/replay")
    @Entitled(Role.ADMIN)
    @ResponseStatus(202)
    public DeliveryView replay(
            @PathParam("tenant") String tenant, @PathParam("id") UUID id, @PathParam("delivery") UUID delivery) {
        return webhooks.replay(id, delivery, staff.get());
    }

    /** Sends again all that was given up. */
    @POST
    @Path("{id}/replays")
    @Entitled(Role.ADMIN)
    @ResponseStatus(202)
    public Replayed replayDead(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        return new Replayed(webhooks.replayDead(id, staff.get()));
    }

    private static Response unkept(IssuedWebhook issued) {
        var control = new CacheControl();
        control.setNoStore(true);
        control.setNoTransform(false);
        return Response.status(201).entity(issued).cacheControl(control).build();
    }
}
