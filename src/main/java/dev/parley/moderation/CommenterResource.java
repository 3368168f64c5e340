package dev.parley.moderation;

import dev.parley.comment.CommentStatus;
import dev.parley.comment.CommenterView;
import dev.parley.comment.Commenters;
import dev.parley.comment.Comments;
import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import dev.parley.moderation.Sanctions.SanctionView;
import dev.parley.platform.NotFound;
import dev.parley.privacy.Addresses;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Commenters, for staff. The address is shown by the audited reveal alone. */
@Path("/api/v1/tenants/{tenant}/commenters/{id}")
@Authenticated
@RunOnVirtualThread
class CommenterResource {

    private static final int HISTORY = 20;

    private final Commenters commenters;
    private final Comments comments;
    private final Sanctions sanctions;
    private final Addresses addresses;
    private final CurrentStaff staff;

    CommenterResource(
            Commenters commenters, Comments comments, Sanctions sanctions, Addresses addresses, CurrentStaff staff) {
        this.commenters = commenters;
        this.comments = comments;
        this.sanctions = sanctions;
        this.addresses = addresses;
        this.staff = staff;
    }

    /**
     * A commenter with their newest comments on the sites that the member may see.
     *
     * @param banned whether a sanction stands against their address
     */
    public record CommenterHistory(CommenterView commenter, boolean banned, List<HistoryItem> comments) {}

    /** One comment of a history. */
    public record HistoryItem(UUID id, CommentStatus status, Instant createdAt) {}

    /** Why somebody wants to see an address; kept in the trail. */
    public record RevealRequest(@NotBlank @Size(max = 500) String reason) {}

    /** The one answer of Parley that holds an address. */
    public record Reveal(String address) {
        @Override
        public String toString() {
            return "Reveal[<email>]";
        }
    }

    @GET
    @Entitled(Role.MODERATOR)
    public CommenterHistory history(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        var commenter = visible(id);
        var items =
                comments.of(commenter.id(), HISTORY).stream()
                        .filter(c -> staff.get().maySee(c.siteId()))
                        .map(c -> new HistoryItem(c.id(), c.status(), c.createdAt()))
                        .toList();
        return new CommenterHistory(commenter, sanctions.standsAgainst(commenter.id()), items);
    }

    @POST
    @Path("sanctions")
    @Entitled(Role.MODERATOR)
    @ResponseStatus(201)
    public SanctionView sanction(
            @PathParam("tenant") String tenant, @PathParam("id") UUID id, @NotNull @Valid SanctionRequest request) {
        return sanctions.ban(visible(id).id(), request, staff.get());
    }

    @POST
    @Path("email-reveals")
    @Entitled(Role.ADMIN)
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Reveal.class)))
    public Response reveal(
            @PathParam("tenant") String tenant, @PathParam("id") UUID id, @NotNull @Valid RevealRequest request) {
        var revealed = addresses.reveal(visible(id).id(), staff.get().actor(), request.reason());
        var unkept = new CacheControl();
        unkept.setNoStore(true);
        return Response.ok(new Reveal(revealed.forStaff())).cacheControl(unkept).build();
    }

    /** Erases the address; the second time nothing happens. */
    @DELETE
    @Path("address")
    @Entitled(Role.ADMIN)
    public void erase(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        addresses.erase(visible(id).id(), staff.get().actor());
    }

    /** A commenter, or whom they were merged into, who wrote on a site that the member may see; else there is none. */
    private CommenterView visible(UUID id) {
        var commenter = commenters.get(id);
        if (!staff.get().allSites() && !commenters.wroteOn(commenter.id(), staff.get().sites())) {
            throw new NotFound("commenter");
        }
        return commenter;
    }
}
