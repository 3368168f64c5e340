package dev.parley.moderation;

import dev.parley.article.Articles;
import dev.parley.comment.Comments;
import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import dev.parley.moderation.QueueItemView.ArticleHead;
import dev.parley.moderation.QueueItemView.CommentHead;
import dev.parley.moderation.QueueItemView.CommenterHead;
import dev.parley.platform.Json;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;

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
    private final CurrentStaff staff;
    private final Json json;

    ModerationResource(
            Decisions decisions,
            Comments comments,
            Articles articles,
            Statements statements,
            Flags flags,
            Notes notes,
            CurrentStaff staff,
            Json json) {
        this.decisions = decisions;
        this.comments = comments;
        this.articles = articles;
        this.statements = statements;
        this.flags = flags;
        this.notes = notes;
        this.staff = staff;
        this.json = json;
    }

    @GET
    @Entitled(Role.MODERATOR)
    public CommentRecord record(@PathParam("tenant") String tenant, @PathParam("id") UUID id) {
        var comment = comments.get(id);
        staff.get().mustSee(comment.siteId(), "comment");
        return new CommentRecord(
                new CommentHead(
                        comment.id(),
                        comment.status(),
                        comment.revision(),
                        comment.stateVersion(),
                        new CommenterHead(comment.commenterId(), comment.name()),
                        comment.createdAt(),
                        comment.editedAt()),
                ArticleHead.of(articles.byId(comment.articleId())),
                comment.parentId(),
                comment.visibleRevision(),
                comments.revisions(id).stream().map(r -> RevisionRecord.of(r, json)).toList(),
                statements.about(id),
                flags.of(id, false),
                notes.on(id));
    }

    @POST
    @Path("decisions")
    @Entitled(Role.MODERATOR)
    public DecisionView decide(
            @PathParam("tenant") String tenant, @PathParam("id") UUID id, @NotNull @Valid DecisionRequest request) {
        return decisions.decide(id, request, staff.get());
    }
}
