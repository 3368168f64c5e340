package dev.parley.moderation;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.comment.CommentEvents;
import dev.parley.comment.CommentKept;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommentStatus;
import dev.parley.comment.Comments;
import dev.parley.comment.StaleVersion;
import dev.parley.identity.Staff;
import dev.parley.outbox.Departure;
import dev.parley.outbox.Outbox;
import dev.parley.platform.InvalidInput;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Moderators' decisions. Status, queue, statement, audit and outbox commit together. */
@ApplicationScoped
class Decisions {

    private static final Set<CommentStatus> APPROVABLE = Set.of(CommentStatus.HELD, CommentStatus.REJECTED);

    /** Of a comment that readers reported: one that is visible can be left so. */
    private static final Set<CommentStatus> APPROVABLE_FROM_QUEUE =
            Set.of(CommentStatus.HELD, CommentStatus.REJECTED, CommentStatus.PUBLISHED);

    private static final Set<CommentStatus> REJECTABLE = Set.of(CommentStatus.HELD, CommentStatus.PUBLISHED);

    private final Comments comments;
    private final Queue queue;
    private final Statements statements;
    private final Notes notes;
    private final AuditTrail trail;
    private final Outbox outbox;
    private final TenantContext context;

    Decisions(
            Comments comments,
            Queue queue,
            Statements statements,
            Notes notes,
            AuditTrail trail,
            Outbox outbox,
            TenantContext context) {
        this.comments = comments;
        this.queue = queue;
        this.statements = statements;
        this.notes = notes;
        this.trail = trail;
        this.outbox = outbox;
        this.context = context;
    }

    /**
     * Decides on the revision that the moderator saw.
     *
     * @throws StaleVersion if the comment moved on meanwhile; carries how it stands now
     */
    @Transactional
    public DecisionView decide(UUID id, DecisionRequest request, Staff staff) {
        var seen = comments.get(id);
        staff.mustSee(seen.siteId(), "comment");
        if (seen.revision() != request.revision() || seen.stateVersion() != request.stateVersion()) {
            throw new StaleVersion(seen);
        }
        var after =
                switch (request.action()) {
                    case APPROVE -> comments.approve(seen, queue.holds(id) ? APPROVABLE_FROM_QUEUE : APPROVABLE);
                    case REJECT -> reject(seen, needed(request.reason()), false);
                    case SPAM -> reject(seen, RejectionReason.SPAM, true);
                };
        var reports = queue.flagsOn(id);
        queue.leave(id, request.action() == DecisionAction.APPROVE ? FlagOutcome.DISMISSED : FlagOutcome.UPHELD);
        if (request.note() != null && !request.note().isBlank()) {
            notes.add(id, staff.id(), request.note());
        }
        trail.add(context.current(), act(seen, after, request, reports, staff));
        outbox.add(context.current(), event(seen, after));
        comments.settle(seen, after);
        return DecisionView.of(after);
    }

    private CommentState reject(CommentState seen, RejectionReason reason, boolean spam) {
        var statement =
                statements.add(seen.id(), seen.revision(), CommentStatus.REJECTED, List.of(reason.shown()), false);
        return comments.move(seen, REJECTABLE, CommentStatus.REJECTED, statement, spam);
    }

    private static RejectionReason needed(@Nullable RejectionReason reason) {
        if (reason == null) {
            throw new InvalidInput("reason", "is needed to reject");
        }
        return reason;
    }

    /** Readers see no difference where a reported comment stays: nothing was published. */
    private static Departure event(CommentState seen, CommentState after) {
        boolean kept = seen.status() == CommentStatus.PUBLISHED && after.status() == CommentStatus.PUBLISHED;
        return kept
                ? new CommentKept(after.id(), after.articleId(), after.siteId(), after.revision(), after.stateVersion())
                : CommentEvents.of(after);
    }

    private static Act act(
            CommentState seen, CommentState after, DecisionRequest request, OpenFlags reports, Staff staff) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("from", seen.status());
        detail.put("to", after.status());
        detail.put("revision", after.revision());
        detail.put("stateVersion", after.stateVersion());
        if (request.reason() != null) {
            detail.put("reason", request.reason());
        }
        if (reports.any()) {
            detail.put("flags", reports.byReason());
        }
        var action = request.action() == DecisionAction.APPROVE ? Action.COMMENT_APPROVED : Action.COMMENT_REJECTED;
        return new Act(staff.actor(), action, "comment", seen.id().toString(), detail);
    }
}
