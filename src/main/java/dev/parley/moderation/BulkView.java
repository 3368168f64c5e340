package dev.parley.moderation;

import dev.parley.comment.CommentStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of several comments, or would.
 *
 * @param batch to undo all of it by; null for a preview and for an undoing
 * @param counts how many have which outcome
 */
public record BulkView(@Nullable UUID batch, Map<Outcome, Long> counts, List<Result> results) {

    /** What became of one of them. */
    public enum Outcome {
        DECIDED,
        UNDONE,
        /** It moved on meanwhile, or this can't be done with it as it stands. */
        STALE,
        /** A colleague works on it. */
        CLAIMED,
        NOT_FOUND,
        /** It was left to the admins, or it is too late. */
        NOT_ALLOWED
    }

    /**
     * One of them.
     *
     * @param present how it stands now, if it was not decided, or was put back
     * @param decision id of the decision; null in a preview
     */
    public record Result(UUID comment, Outcome outcome, @Nullable Present present, @Nullable UUID decision) {}

    /** How a comment stands. */
    public record Present(CommentStatus status, int revision, long stateVersion) {}
}
