package dev.parley.moderation;

import dev.parley.article.ArticleView;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommentStatus;
import dev.parley.policy.Reason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the queue with what a moderator needs to decide.
 *
 * @param revision and {@code stateVersion} inside {@code comment}: to be sent back with the decision
 * @param written the revision that is judged: text, scores with the words that drove them, signals
 * @param flags readers' reports that nobody has decided on, newest first, at most 50; the reason {@code FLAGGED} counts
 *     them all
 * @param risk 0 to 1, how urgently
 * @param parent what it answers; null on the article itself
 * @param claim who works on it; null if nobody does
 * @param escalation who left it to the admins; null if nobody did
 */
public record QueueItemView(
        CommentHead comment,
        ArticleHead article,
        RevisionRecord written,
        List<Reason> reasons,
        List<FlagView> flags,
        double risk,
        Instant enteredAt,
        @Nullable ParentHead parent,
        @Nullable ClaimView claim,
        @Nullable Escalation escalation) {

    /**
     * Who left it to the admins, and when.
     *
     * @param note what they noted when they did; null if it was erased since
     */
    public record Escalation(ClaimView.Colleague by, Instant at, @Nullable String note) {}

    /** The comment and who wrote it. */
    public record CommentHead(
            UUID id,
            CommentStatus status,
            int revision,
            long stateVersion,
            CommenterHead commenter,
            Instant createdAt,
            @Nullable Instant editedAt) {
        static CommentHead of(CommentState comment) {
            return new CommentHead(
                    comment.id(),
                    comment.status(),
                    comment.revision(),
                    comment.stateVersion(),
                    new CommenterHead(comment.commenterId(), comment.name(), null, null, null),
                    comment.createdAt(),
                    comment.editedAt());
        }

        CommentHead by(CommenterHead writer) {
            return new CommentHead(id, status, revision, stateVersion, writer, createdAt, editedAt);
        }
    }

    /**
     * Who wrote it: a random id and the name they gave. The rest is told in the queue only, and null elsewhere.
     *
     * @param proven whether they proved that their address is theirs
     * @param banned whether a sanction stands against them or their address
     * @param history how many comments they have in each state, on the sites that the member may see
     */
    public record CommenterHead(
            UUID id, String name, @Nullable Boolean proven, @Nullable Boolean banned, @Nullable StateCounts history) {}

    /** Where it was written. */
    public record ArticleHead(
            UUID id, UUID siteId, String key, @Nullable String title, @Nullable String url, List<String> categories) {
        static ArticleHead of(ArticleView a) {
            return new ArticleHead(a.id(), a.siteId(), a.key(), a.title(), a.url(), a.categories());
        }
    }

    /** What it answers. */
    public record ParentHead(UUID id, String name, @Nullable String body) {}
}
