package dev.parley.moderation;

import dev.parley.comment.CommentSearch.Found;
import dev.parley.comment.CommentStatus;
import dev.parley.comment.Searches.Around;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The thread around a comment, whatever became of its parts.
 *
 * @param ancestors what it answers, the comment on the article first
 * @param before siblings written before it, oldest first; {@code after} those behind it
 * @param replies the first answers to it
 */
public record ThreadAround(
        List<Neighbour> ancestors, List<Neighbour> before, List<Neighbour> after, List<Neighbour> replies) {

    /** A comment near another one, with its newest text. */
    public record Neighbour(
            UUID id,
            String name,
            UUID commenter,
            String body,
            CommentStatus status,
            Instant createdAt,
            @Nullable UUID parentId) {}

    static ThreadAround of(Around around) {
        return new ThreadAround(
                all(around.ancestors()), all(around.before()), all(around.after()), all(around.replies()));
    }

    private static List<Neighbour> all(List<Found> found) {
        return found.stream()
                .map(f -> {
                    var c = f.comment();
                    return new Neighbour(
                            c.id(), c.name(), c.commenterId(), f.body(), c.status(), c.createdAt(), c.parentId());
                })
                .toList();
    }
}
