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
 * @param writer what is known of who wrote it; null if they are gone
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
        @Nullable WriterHead writer,
        @Nullable ClaimView claim,
        @Nullable Escalation escalation) {

    /**
     * What is known of who wrote it.
     *
     * @param proven whether they proved that their address is theirs
     * @param history how many comments they have in each state, this one among them
     */
    public record WriterHead(boolean proven, StateCounts history) {}

    /** Who left it to the admins, and when. Why stands in the notes. */
    public record Escalation(ClaimView.Colleague by, Instant at) {}

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
                    new CommenterHead(comment.commenterId(), comment.name()),
                    comment.createdAt(),
                    comment.editedAt());
        }
    }

    /** Who wrote it: a random id and the name they gave. */
    public record CommenterHead(UUID id, String name) {}

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
