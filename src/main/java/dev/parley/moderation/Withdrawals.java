package dev.parley.moderation;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.comment.Cause;
import dev.parley.comment.CommentEvents;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommentStatus;
import dev.parley.comment.Comments;
import dev.parley.outbox.Outbox;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Commenters take their comments back. */
@ApplicationScoped
public class Withdrawals {

    private static final Set<CommentStatus> THERE =
            Set.copyOf(EnumSet.complementOf(EnumSet.of(CommentStatus.WITHDRAWN)));

    private final Comments comments;
    private final Queue queue;
    private final AuditTrail trail;
    private final Outbox outbox;
    private final TenantContext context;

    Withdrawals(Comments comments, Queue queue, AuditTrail trail, Outbox outbox, TenantContext context) {
        this.comments = comments;
        this.queue = queue;
        this.trail = trail;
        this.outbox = outbox;
        this.context = context;
    }

    /**
     * Takes a comment back on its commenter's behalf, in the caller's transaction, which settles the counts afterwards.
     *
     * @throws dev.parley.comment.StaleVersion if it moved on meanwhile, or was taken back already
     */
    @Transactional(TxType.MANDATORY)
    public CommentState withdraw(CommentState seen) {
        var state = comments.move(seen, THERE, CommentStatus.WITHDRAWN, null, false);
        queue.leave(state.id());
        trail.add(
                context.current(),
                new Act(
                        new Act.By("reader", state.commenterId().toString()),
                        Action.COMMENT_WITHDRAWN,
                        "comment",
                        state.id().toString(),
                        Map.of("from", seen.status(), "stateVersion", state.stateVersion())));
        outbox.add(context.current(), CommentEvents.of(state, Cause.WITHDRAWN));
        return state;
    }
}
