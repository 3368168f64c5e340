package dev.parley.moderation;

import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.comment.Cause;
import dev.parley.comment.CommentEvents;
import dev.parley.comment.CommentKept;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommentStatus;
import dev.parley.comment.Comments;
import dev.parley.comment.StaleVersion;
import dev.parley.identity.Role;
import dev.parley.identity.Staff;
import dev.parley.outbox.Departure;
import dev.parley.outbox.Outbox;
import dev.parley.platform.AfterCommit;
import dev.parley.platform.Conflict;
import dev.parley.platform.Ids;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.Json;
import dev.parley.platform.NotFound;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Moderators' decisions, and undoing them. Status, queue, statement, record, audit and outbox commit together. */
@ApplicationScoped
class Decisions {

    private static final Set<CommentStatus> APPROVABLE = Set.of(CommentStatus.HELD, CommentStatus.REJECTED);

    /** Of a comment that readers reported: one that is visible can be left so. */
    private static final Set<CommentStatus> APPROVABLE_FROM_QUEUE =
            Set.of(CommentStatus.HELD, CommentStatus.REJECTED, CommentStatus.PUBLISHED);

    private static final Set<CommentStatus> REJECTABLE = Set.of(CommentStatus.HELD, CommentStatus.PUBLISHED);

    /** Whoever decided can undo it for so long: enough to notice a slip. */
    private static final Duration UNDO_OWN = Duration.ofMinutes(15);

    /** Admins can undo anybody's decision for so long. */
    private static final Duration UNDO_ANY = Duration.ofDays(1);

    private final MadeDecisionRepository repository;
    private final Claims claims;
    private final Comments comments;
    private final Queue queue;
    private final Statements statements;
    private final Notes notes;
    private final AuditTrail trail;
    private final Outbox outbox;
    private final Json json;
    private final TenantContext context;
    private final AfterCommit afterCommit;
    private final DecisionMeters meters;
    private final Clock clock;

    /** One decision to count after the commit. */
    private record Counted(UUID id) {}

    Decisions(
            MadeDecisionRepository repository,
            Claims claims,
            Comments comments,
            Queue queue,
            Statements statements,
            Notes notes,
            AuditTrail trail,
            Outbox outbox,
            Json json,
            TenantContext context,
            AfterCommit afterCommit,
            DecisionMeters meters,
            Clock clock) {
        this.repository = repository;
        this.claims = claims;
        this.comments = comments;
        this.queue = queue;
        this.statements = statements;
        this.notes = notes;
        this.trail = trail;
        this.outbox = outbox;
        this.json = json;
        this.context = context;
        this.afterCommit = afterCommit;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Decides on the revision that the moderator saw.
     *
     * @param batch that it is part of; null if it stands alone
     * @throws StaleVersion if the comment moved on meanwhile; carries how it stands now
     * @throws Claimed if a colleague works on it
     * @throws Conflict if it cannot be escalated: it does not wait, or was already
     */
    @Transactional
    public DecisionView decide(UUID id, DecisionRequest request, Staff staff, @Nullable UUID batch) {
        // Locked: of two decisions, or a decision and a report, one comes wholly before the other.
        var seen = comments.lock(id).orElseThrow(() -> new NotFound("comment"));
        staff.mustSee(seen.siteId(), "comment");
        if (seen.revision() != request.revision() || seen.stateVersion() != request.stateVersion()) {
            throw new StaleVersion(seen);
        }
        // Locked before it is asked whose it is: else a colleague could be given it after that.
        var place = queue.locked(id).orElse(null);
        mayDecide(place, staff);
        claims.mustBeFree(id, staff);
        var reports = queue.flagsOn(id);
        var before = new Before(comments.former(id), place, queue.openFlags(id));
        var after =
                switch (request.action()) {
                    case APPROVE -> comments.approve(seen, place == null ? APPROVABLE : APPROVABLE_FROM_QUEUE);
                    case REJECT -> reject(seen, needed(request.reason()), false);
                    case SPAM -> reject(seen, RejectionReason.SPAM, true);
                    case ESCALATE -> escalate(seen, place, request, staff);
                };
        if (request.note() != null && !request.note().isBlank()) {
            notes.add(id, staff.id(), request.note());
        }
        var decision = keep(seen, after, request, staff, before, batch);
        trail.add(context.current(), act(seen, after, request, reports, decision, staff));
        if (request.action() != DecisionAction.ESCALATE) {
            queue.leave(id, request.action() == DecisionAction.APPROVE ? FlagOutcome.DISMISSED : FlagOutcome.UPHELD);
            outbox.add(context.current(), event(seen, after, Cause.DECIDED));
            comments.settle(seen, after);
        }
        var tenant = context.current();
        afterCommit.run(new Counted(decision.id), () -> meters.count(tenant, decision));
        return DecisionView.of(after, decision.id, decision.decidedAt.plus(UNDO_OWN));
    }

    /**
     * Puts a comment back as it was before a decision: its state, what readers see, its place in the queue, the
     * reports. What was mailed or noted meanwhile stays.
     *
     * @throws StaleVersion if the comment moved on since
     * @throws Conflict if it was undone already, or is too old
     */
    @Transactional
    public DecisionView undo(UUID id, Staff staff) {
        var decision =
                repository
                        .findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
                        .orElseThrow(() -> new NotFound("decision"));
        staff.mustSee(decision.siteId, "decision");
        mayUndo(decision, staff);
        var seen = comments.lock(decision.commentId).orElseThrow(() -> new NotFound("comment"));
        if (seen.stateVersion() != decision.stateVersionAfter || seen.revision() != decision.revision) {
            throw new StaleVersion(seen);
        }
        if (decision.action != DecisionAction.ESCALATE) {
            mayDecide(queue.place(seen.id()).orElse(null), staff);
        }
        var before = json.read(decision.before, Before.class);
        CommentState after;
        if (decision.action == DecisionAction.ESCALATE) {
            queue.calm(seen.id());
            after = seen;
        } else {
            after = comments.restore(seen, before.comment());
            queue.restore(after, before);
            outbox.add(context.current(), event(seen, after, Cause.UNDONE));
        }
        decision.undoneAt = clock.instant();
        decision.undoneBy = staff.id();
        trail.add(
                context.current(),
                new Act(
                        staff.actor(),
                        after == seen ? Action.ESCALATION_UNDONE : Action.DECISION_UNDONE,
                        "comment",
                        seen.id().toString(),
                        undoing(decision, seen, after)));
        comments.settle(seen, after);
        return DecisionView.of(after, id, decision.decidedAt.plus(UNDO_OWN));
    }

    /** The decisions of a batch that stand, the last one first. */
    @Transactional
    List<UUID> ofBatch(UUID batch, Staff staff) {
        var found = repository.list("batchId = ?1 order by decidedAt desc, id desc", batch);
        if (found.isEmpty() || found.stream().noneMatch(d -> staff.maySee(d.siteId))) {
            throw new NotFound("batch");
        }
        return found.stream().filter(d -> d.undoneAt == null && staff.maySee(d.siteId)).map(d -> d.id).toList();
    }

    /** The comment that a decision is about. */
    @Transactional
    UUID commentOf(UUID decision) {
        return repository.findByIdOptional(decision).orElseThrow(() -> new NotFound("decision")).commentId;
    }

    /** What was left to the admins is theirs; no undoing of what came before takes it back from them. */
    private static void mayDecide(Before.@Nullable Place place, Staff staff) {
        if (place != null && place.escalatedAt() != null) {
            staff.mustBe(Role.ADMIN);
        }
    }

    private void mayUndo(MadeDecision decision, Staff staff) {
        if (decision.undoneAt != null) {
            throw new Conflict("It was undone already");
        }
        var age = Duration.between(decision.decidedAt, clock.instant());
        if (!decision.memberId.equals(staff.id())) {
            staff.mustBe(Role.ADMIN);
        }
        if (age.compareTo(staff.role() == Role.ADMIN ? UNDO_ANY : UNDO_OWN) > 0) {
            throw new Conflict("It is too long ago; decide on the comment itself");
        }
    }

    private CommentState escalate(
            CommentState seen, Before.@Nullable Place place, DecisionRequest request, Staff staff) {
        if (request.note() == null || request.note().isBlank()) {
            throw new InvalidInput("note", "is needed to escalate");
        }
        if (place == null) {
            throw new Conflict("It does not wait for anybody");
        }
        if (place.escalatedAt() != null) {
            throw new Conflict("It was left to the admins already");
        }
        queue.escalate(seen.id(), staff.id());
        return seen;
    }

    private MadeDecision keep(
            CommentState seen,
            CommentState after,
            DecisionRequest request,
            Staff staff,
            Before before,
            @Nullable UUID batch) {
        var decision = new MadeDecision();
        decision.id = Ids.next();
        decision.tenantId = context.current();
        decision.commentId = seen.id();
        decision.siteId = seen.siteId();
        decision.memberId = staff.id();
        decision.action = request.action();
        decision.reason = request.action() == DecisionAction.SPAM ? RejectionReason.SPAM : request.reason();
        decision.revision = after.revision();
        decision.stateVersionAfter = after.stateVersion();
        decision.before = json.write(before);
        decision.batchId = batch;
        decision.enteredAt = before.place() == null ? null : before.place().enteredAt();
        decision.decidedAt = clock.instant();
        repository.persist(decision);
        return decision;
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
    private static Departure event(CommentState seen, CommentState after, Cause cause) {
        boolean kept = seen.status() == CommentStatus.PUBLISHED && after.status() == CommentStatus.PUBLISHED;
        return kept
                ? new CommentKept(
                        after.id(), after.articleId(), after.siteId(), after.revision(), after.stateVersion(), cause)
                : CommentEvents.of(after, cause);
    }

    private static Map<String, Object> undoing(MadeDecision decision, CommentState seen, CommentState after) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("decision", decision.id);
        detail.put("action", decision.action);
        if (after != seen) {
            detail.put("from", seen.status());
            detail.put("to", after.status());
            detail.put("revision", after.revision());
            detail.put("stateVersion", after.stateVersion());
        }
        return detail;
    }

    private static Act act(
            CommentState seen,
            CommentState after,
            DecisionRequest request,
            OpenFlags reports,
            MadeDecision decision,
            Staff staff) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("decision", decision.id);
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
        if (decision.batchId != null) {
            detail.put("batch", decision.batchId);
        }
        var action =
                switch (request.action()) {
                    case APPROVE -> Action.COMMENT_APPROVED;
                    case REJECT, SPAM -> Action.COMMENT_REJECTED;
                    case ESCALATE -> Action.ITEM_ESCALATED;
                };
        return new Act(staff.actor(), action, "comment", seen.id().toString(), detail);
    }
}
