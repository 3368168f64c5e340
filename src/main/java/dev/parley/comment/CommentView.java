package dev.parley.comment;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A comment as readers get it. A comment that is gone but has visible replies stays as a tombstone: {@code removed},
 * without author, body and html.
 *
 * @param html safe to show as it is: sanitised, links marked
 */
public record CommentView(
        UUID id,
        @Nullable Author author,
        @Nullable String body,
        @Nullable String html,
        boolean removed,
        Instant createdAt,
        @Nullable Instant editedAt,
        @Nullable UUID parentId,
        Replies replies) {

    /** Who wrote it: a random id and the name they gave. */
    public record Author(UUID id, String name) {}

    /**
     * Answers to a comment.
     *
     * @param count direct replies that are shown
     * @param cursor asks for more, with {@code parent}; null if these are all
     */
    public record Replies(int count, List<CommentView> items, @Nullable String cursor) {
        static final Replies NONE = new Replies(0, List.of(), null);
    }

    /** A comment as its commenter gets it back, whether readers see it or not. */
    public static CommentView own(CommentState comment, String body) {
        return new CommentView(
                comment.id(),
                new Author(comment.commenterId(), comment.name()),
                body,
                CommentHtml.html(body),
                false,
                comment.createdAt(),
                comment.editedAt(),
                comment.parentId(),
                Replies.NONE);
    }

    static CommentView of(ThreadRow row, Replies replies) {
        boolean removed = row.body() == null;
        return new CommentView(
                row.id(),
                removed ? null : new Author(row.commenterId(), row.name()),
                row.body(),
                row.body() == null ? null : CommentHtml.html(row.body()),
                removed,
                row.createdAt(),
                removed ? null : row.editedAt(),
                row.parentId(),
                replies);
    }
}
