package dev.parley.moderation;

import dev.parley.comment.CommentState;
import dev.parley.comment.CommentStatus;
import java.time.Instant;
import java.util.UUID;

/**
 * How a comment stands after a decision.
 *
 * @param decision id of the decision, to undo it by; of an undoing, the one that was undone
 * @param undoUntil when whoever decided can no longer undo it; admins can for a day
 */
public record DecisionView(
        UUID id, CommentStatus status, int revision, long stateVersion, UUID decision, Instant undoUntil) {

    static DecisionView of(CommentState state, UUID decision, Instant undoUntil) {
        return new DecisionView(
                state.id(), state.status(), state.revision(), state.stateVersion(), decision, undoUntil);
    }
}
