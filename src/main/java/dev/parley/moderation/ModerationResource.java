package dev.parley.moderation;

import dev.parley.article.Articles;
import dev.parley.comment.CommentState;
import dev.parley.comment.Comments;
import dev.parley.comment.Searches;
import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import dev.parley.moderation.Notes.NoteView;
import dev.parley.moderation.QueueItemView.ArticleHead;
import dev.parley.moderation.QueueItemView.CommentHead;
import dev.parley.platform.Json;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Single comments, for moderators. */
@Path("/api/v1/tenants/{tenant}/comments/{id}")
@Authenticated
@RunOnVirtualThread
class ModerationResource {

    private final Decisions decisions;
    private final Comments comments;
    private final Articles articles;
    private final Statements statements;
    private final Flags flags;
    private final Notes notes;
    private final Searches searches;
    private final Timeline timeline;
    private final QueueListing listing;
    private final CurrentStaff staff;
    private final Json json;

    ModerationResource(
            Decisions decisions,
            Comments comments,
            Articles articles,
            Statements statements,
            Flags flags,
            Notes notes,
            Searches searches,
            Timeline timeline,
            QueueListing listing,
            CurrentStaff staff,
            Json json) {
        this.decisions = decisions;
        this.comments = comments;
        this.articles = articles;
        this.statements = statements;
        this.flags = flags;
        this.notes = notes;
        this.searches = searches;
        this.timeline = timeline;
        this.listing = listing;
        this.staff = staff;
        this.json = json;
    }

    @GET
    @Entitled(Role.MODERATOR)
    public CommentRecord record(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        var comment = visible(id);
        return new CommentRecord(
                CommentHead.of(comment),
                ArticleHead.of(articles.byId(comment.articleId())),
                comment.parentId(),
                comment.visibleRevision(),
                comments.revisions(id).stream().map(r -> RevisionRecord.of(r, json)).toList(),
                statements.about(id),
                flags.of(id),
                notes.on(id),
                listing.items(List.of(id), staff.get()).stream().findFirst().orElse(null));
    }

    /** The thread around it: what it answers, its neighbours, the first answers. */
    @GET
    @Path("context")
    @Entitled(Role.MODERATOR)
    public ThreadAround context(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        return ThreadAround.of(searches.around(visible(id), 3, 5));
    }

    /** What happened to it, oldest first. */
    @GET
    @Path("history")
    @Entitled(Role.MODERATOR)
    public Timeline.Events history(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        return timeline.of(visible(id));
    }

    /** What is noted for colleagues. */
    public record NoteRequest(@NotBlank @Size(max = 2000) String text) {}

    @POST
    @Path("notes")
    @Entitled(Role.MODERATOR)
    @ResponseStatus(201)
    public NoteView note(
            @PathParam("tenant") String tenant, @PathParam("id") UUID id, @NotNull @Valid NoteRequest request) {
        return notes.write(visible(id).id(), staff.get(), request.text());
    }

    private CommentState visible(UUID id) {
        var comment = comments.get(id);
        staff.get().mustSee(comment.siteId(), "comment");
        return comment;
    }

    @POST
    @Path("decisions")
    @Entitled(Role.MODERATOR)
    public DecisionView decide(
            @PathParam("tenant") String tenant, @PathParam("id") UUID id, @NotNull @Valid DecisionRequest request) {
        return decisions.decide(id, request, staff.get(), null);
    }
}
