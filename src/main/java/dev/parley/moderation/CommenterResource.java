package dev.parley.moderation;

import dev.parley.article.Articles;
import dev.parley.comment.CommentSearch;
import dev.parley.comment.CommentSearch.Found;
import dev.parley.comment.CommentStatus;
import dev.parley.comment.CommenterView;
import dev.parley.comment.Commenters;
import dev.parley.comment.Searches;
import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import dev.parley.moderation.QueueItemView.ArticleHead;
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
    private final Searches searches;
    private final Articles articles;
    private final Sanctions sanctions;
    private final Addresses addresses;
    private final CurrentStaff staff;

    CommenterResource(
            Commenters commenters,
            Searches searches,
            Articles articles,
            Sanctions sanctions,
            Addresses addresses,
            CurrentStaff staff) {
        this.commenters = commenters;
        this.searches = searches;
        this.articles = articles;
        this.sanctions = sanctions;
        this.addresses = addresses;
        this.staff = staff;
    }

    /**
     * A commenter with their newest comments on the sites that the member may see.
     *
     * @param banned whether a sanction stands against their address
     * @param counts of their comments on those sites
     * @param sanctions against them or their address, newest first, lifted and lapsed ones included
     */
    public record CommenterHistory(
            CommenterView commenter,
            boolean banned,
            StateCounts counts,
            List<SanctionView> sanctions,
            List<HistoryItem> comments) {}

    /** One comment of a history, with its newest text. */
    public record HistoryItem(
            UUID id, CommentStatus status, Instant createdAt, ArticleHead article, String body, boolean spam) {}

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
        var visible = staff.get().allSites() ? null : staff.get().sites();
        var search = new CommentSearch(List.of(), null, null, visible, null, commenter.id(), null, null, null);
        var items = searches.comments(search, null, HISTORY).comments().stream().map(this::item).toList();
        return new CommenterHistory(
                commenter,
                sanctions.standsAgainst(commenter.id()),
                StateCounts.of(searches.counts(commenter.id(), visible)),
                sanctions.of(commenter.id()),
                items);
    }

    @POST
    @Path("sanctions")
    @Entitled(Role.MODERATOR)
    @ResponseStatus(201)
    public SanctionView sanction(
            @PathParam("tenant") String tenant, @PathParam("id") UUID id, @NotNull @Valid SanctionRequest request) {
        return sanctions.ban(visible(id).id(), request, staff.get());
    }

    /** Lifts a sanction; the second time nothing happens. */
    @DELETE
    @Path("sanctions/{sanction}")
    @Entitled(Role.MODERATOR)
    public void lift(
            @PathParam("tenant") String tenant, @PathParam("id") UUID id, @PathParam("sanction") UUID sanction) {
        sanctions.lift(visible(id).id(), sanction, staff.get());
    }

    private HistoryItem item(Found found) {
        var comment = found.comment();
        return new HistoryItem(
                comment.id(),
                comment.status(),
                comment.createdAt(),
                ArticleHead.of(articles.byId(comment.articleId())),
                found.body(),
                found.spam());
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
