package dev.parley.comment;

import dev.parley.outbox.Departure;

/** The event that a state of a comment makes. */
public final class CommentEvents {

    private CommentEvents() {}

    /** The past-tense record for how the comment stands now. */
    public static Departure of(CommentState c, Cause cause) {
        return switch (c.status()) {
            case PUBLISHED ->
                    new CommentPublished(c.id(), c.articleId(), c.siteId(), c.revision(), c.stateVersion(), cause);
            case HELD -> new CommentHeld(c.id(), c.articleId(), c.siteId(), c.revision(), c.stateVersion(), cause);
            case REJECTED ->
                    new CommentRejected(c.id(), c.articleId(), c.siteId(), c.revision(), c.stateVersion(), cause);
            case WITHDRAWN ->
                    new CommentWithdrawn(c.id(), c.articleId(), c.siteId(), c.revision(), c.stateVersion(), cause);
        };
    }
}
