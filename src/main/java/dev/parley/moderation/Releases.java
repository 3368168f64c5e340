package dev.parley.moderation;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.comment.Cause;
import dev.parley.comment.CommentEvents;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommentStatus;
import dev.parley.comment.Comments;
import dev.parley.comment.Settling;
import dev.parley.outbox.Outbox;
import dev.parley.policy.Reason;
import dev.parley.policy.ReasonCode;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What becomes of comments that waited for the proof of an address. */
@ApplicationScoped
public class Releases {

    private static final Set<CommentStatus> HELD = Set.of(CommentStatus.HELD);

    private final Comments comments;
    private final Queue queue;
    private final Sanctions sanctions;
    private final Statements statements;
    private final AuditTrail trail;
    private final Outbox outbox;
    private final TenantContext context;

    Releases(
            Comments comments,
            Queue queue,
            Sanctions sanctions,
            Statements statements,
            AuditTrail trail,
            Outbox outbox,
            TenantContext context) {
        this.comments = comments;
        this.queue = queue;
        this.sanctions = sanctions;
        this.statements = statements;
        this.trail = trail;
        this.outbox = outbox;
        this.context = context;
    }

    /**
     * Publishes what was held for nothing but the proof that now was given. What is held for other reasons too, or
     * whose address was banned meanwhile, stays held for those. The commenter's comments are locked.
     *
     * @return how many were published
     */
    @Transactional(TxType.MANDATORY)
    public int release(UUID commenter, Settling settling) {
        var banned = sanctions.standsAgainst(commenter);
        int published = 0;
        for (var seen : comments.of(commenter, HELD)) {
            var reasons = queue.reasons(seen.id());
            if (!reasons.contains(ReasonCode.ADDRESS_UNPROVEN)) {
                continue;
            }
            List<ReasonCode> left = new ArrayList<>(reasons);
            left.remove(ReasonCode.ADDRESS_UNPROVEN);
            if (banned && !left.contains(ReasonCode.ADDRESS_BANNED)) {
                left.add(ReasonCode.ADDRESS_BANNED);
            }
            var after = left.isEmpty() ? publish(seen) : keep(seen, left);
            published += left.isEmpty() ? 1 : 0;
            note(seen, after, left);
            settling.add(seen, after);
        }
        return published;
    }

    private CommentState publish(CommentState seen) {
        var after = comments.move(seen, HELD, CommentStatus.PUBLISHED, null, false);
        queue.leave(seen.id());
        return after;
    }

    /** With a statement of its own: what the commenter is told must be why it is held now. */
    private CommentState keep(CommentState seen, List<ReasonCode> left) {
        var told = PublicReason.of(left.stream().map(code -> new Reason(code, "")).toList());
        var statement = statements.add(seen.id(), seen.revision(), CommentStatus.HELD, told, true);
        queue.keepFor(seen.id(), left);
        return comments.move(seen, HELD, CommentStatus.HELD, statement, false);
    }

    private void note(CommentState seen, CommentState after, List<ReasonCode> left) {
        trail.add(
                context.current(),
                new Act(
                        Act.By.SYSTEM,
                        Action.COMMENT_RELEASED,
                        "comment",
                        seen.id().toString(),
                        Map.of(
                                "from", seen.status(),
                                "to", after.status(),
                                "revision", after.revision(),
                                "stateVersion", after.stateVersion(),
                                "reasons", left)));
        outbox.add(context.current(), CommentEvents.of(after, Cause.PROVEN));
    }
}
