package dev.parley.moderation;

import dev.parley.comment.CommentState;
import dev.parley.comment.CommentStatus;
import java.util.UUID;

/** How a comment stands after a decision. */
public record DecisionView(UUID id, CommentStatus status, int revision, long stateVersion) {

    static DecisionView of(CommentState state) {
        return new DecisionView(state.id(), state.status(), state.revision(), state.stateVersion());
    }
}
