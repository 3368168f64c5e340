package dev.parley.intake;

import dev.parley.article.ArticleView;
import dev.parley.audit.Act;
import dev.parley.audit.Action;
import dev.parley.audit.AuditTrail;
import dev.parley.comment.Cause;
import dev.parley.comment.CommentEvents;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommentStatus;
import dev.parley.comment.Commenters;
import dev.parley.comment.Comments;
import dev.parley.comment.NewComment;
import dev.parley.comment.RevisionText;
import dev.parley.comment.RevisionView;
import dev.parley.comment.StaleVersion;
import dev.parley.intake.Idempotency.Claim;
import dev.parley.intake.Rescorings.Turn;
import dev.parley.moderation.Judgement;
import dev.parley.moderation.PublicReason;
import dev.parley.moderation.Queue;
import dev.parley.moderation.Statements;
import dev.parley.moderation.Withdrawals;
import dev.parley.outbox.Outbox;
import dev.parley.platform.AfterCommit;
import dev.parley.platform.ClientAddress;
import dev.parley.platform.Ids;
import dev.parley.platform.Json;
import dev.parley.platform.Pipeline;
import dev.parley.policy.Decision;
import dev.parley.policy.Policies;
import dev.parley.policy.ReasonCode;
import dev.parley.privacy.Addresses;
import dev.parley.scoring.GuardedScorers.Scored;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The only transactions of intake: what belongs together is written together, counters last. */
@ApplicationScoped
class Ledger {

    private final Comments comments;
    private final Commenters commenters;
    private final Addresses addresses;
    private final Queue queue;
    private final Statements statements;
    private final Withdrawals withdrawals;
    private final AuditTrail trail;
    private final Outbox outbox;
    private final Idempotency idempotency;
    private final Rescorings rescorings;
    private final Policies policies;
    private final Json json;
    private final Pipeline pipeline;
    private final TenantContext context;
    private final AfterCommit afterCommit;
    private final IntakeMeters meters;

    /** One comment to count after the commit. */
    private record Counted(UUID id) {}

    Ledger(
            Comments comments,
            Commenters commenters,
            Addresses addresses,
            Queue queue,
            Statements statements,
            Withdrawals withdrawals,
            AuditTrail trail,
            Outbox outbox,
            Idempotency idempotency,
            Rescorings rescorings,
            Policies policies,
            Json json,
            Pipeline pipeline,
            TenantContext context,
            AfterCommit afterCommit,
            IntakeMeters meters) {
        this.comments = comments;
        this.commenters = commenters;
        this.addresses = addresses;
        this.queue = queue;
        this.statements = statements;
        this.withdrawals = withdrawals;
        this.trail = trail;
        this.outbox = outbox;
        this.idempotency = idempotency;
        this.rescorings = rescorings;
        this.policies = policies;
        this.json = json;
        this.pipeline = pipeline;
        this.context = context;
        this.afterCommit = afterCommit;
        this.meters = meters;
    }

    /**
     * Records a judged submission, in a transaction of its own, which ends here.
     *
     * @param remembered the commenter that a reader token proved; empty makes a new one
     * @param proven whether that commenter's address is known to be theirs; then no mail has to prove it
     * @param claim on an idempotency key; null if the client gave none
     * @return the new comment
     * @throws KeyTaken if another request with the same key was answered meanwhile; then nothing is stored
     */
    @Transactional(TxType.REQUIRES_NEW)
    CommentState record(
            ArticleView article,
            Submission submission,
            Optional<UUID> remembered,
            boolean proven,
            @Nullable CommentState parent,
            InetAddress client,
            Verdict verdict,
            @Nullable Claim claim) {
        var id = Ids.next();
        if (claim != null) {
            idempotency.answer(claim, id);
        }
        var commenter = remembered.flatMap(commenters::hold).orElseGet(() -> introduce(submission));
        var state =
                comments.add(
                        new NewComment(
                                id,
                                article,
                                parent,
                                commenter,
                                submission.name(),
                                verdict.status(),
                                isSpam(verdict),
                                state(id, 1, verdict),
                                ClientAddress.network(client),
                                verdict.textHash(),
                                verdict.revision(json)));
        if (verdict.decision() instanceof Decision.Hold hold) {
            queue.enter(state, verdict.language(), hold);
        }
        note(state, Action.COMMENT_DECIDED, Act.By.SYSTEM, verdict, Map.of());
        outbox.add(context.current(), CommentEvents.of(state, Cause.SUBMITTED));
        if (submission.wantsMails() || (verdict.policy().requireProof() && !proven)) {
            outbox.add(context.current(), new ProofWanted(commenter, id, article.siteId(), submission.wantsMails(), 0));
        }
        comments.settle(null, state);
        var tenant = context.current();
        afterCommit.run(new Counted(id), () -> meters.count(tenant, verdict));
        try {
            pipeline.commit();
        } catch (IllegalStateException e) {
            throw Idempotency.isAnswered(e) ? new KeyTaken(e) : e;
        }
        return state;
    }

    /** Records a judged edit. */
    @Transactional
    CommentState revise(CommentState seen, Verdict verdict, boolean hideWhileHeld) {
        var statement = state(seen.id(), seen.revision() + 1, verdict);
        var state =
                comments.revise(
                        seen, verdict.revision(json), verdict.status(), hideWhileHeld, statement, isSpam(verdict));
        if (verdict.decision() instanceof Decision.Hold hold) {
            queue.enterAgain(state, verdict.language(), hold);
        } else {
            queue.passed(state, verdict.language());
        }
        note(state, Action.COMMENT_EDITED, reader(state), verdict, Map.of());
        outbox.add(context.current(), CommentEvents.of(state, Cause.EDITED));
        comments.settle(seen, state);
        return state;
    }

    /**
     * Decides on a held comment that could not be scored before and now was, as if it came now.
     *
     * @throws StaleVersion if it moved on meanwhile: whoever moved it knows better
     */
    @Transactional
    void decideAgain(Turn turn, CommentState seen, Verdict verdict) {
        rescorings.advance(turn, seen.id());
        var held = locked(seen);
        if (!comments.rescore(seen.id(), seen.revision(), verdict.revision(json), true)) {
            return; // erased meanwhile
        }
        var statement = state(seen.id(), seen.revision(), verdict);
        var state = comments.move(held, Set.of(CommentStatus.HELD), verdict.status(), statement, isSpam(verdict));
        if (verdict.decision() instanceof Decision.Hold hold) {
            queue.enterAnew(state, verdict.language(), hold);
        } else {
            queue.passed(state, verdict.language());
        }
        note(state, Action.COMMENT_DECIDED, Act.By.SYSTEM, verdict, Map.of("from", seen.status(), "job", turn.job()));
        outbox.add(context.current(), CommentEvents.of(state, Cause.SCORED));
        comments.settle(held, state);
    }

    /**
     * Keeps new scores with a comment that was decided on, or waits for other reasons: they never move it.
     *
     * @throws StaleVersion if it moved on meanwhile
     */
    @Transactional
    void rescore(Turn turn, CommentState seen, RevisionView revision, Scored rescored) {
        rescorings.advance(turn, seen.id());
        locked(seen);
        var scores = rescored.scores();
        var text =
                new RevisionText(
                        revision.body(),
                        scores.language(),
                        Verdict.kept(json, scores, json.read(revision.decision(), Judgement.class).reasons()),
                        rescored.models(),
                        revision.signals(),
                        revision.decision());
        if (comments.rescore(seen.id(), seen.revision(), text, false) && seen.status() == CommentStatus.HELD) {
            queue.reweigh(seen.id(), scores.language(), policies.risk(scores));
        }
    }

    private CommentState locked(CommentState seen) {
        var now = comments.lock(seen.id()).orElseThrow();
        if (now.stateVersion() != seen.stateVersion() || now.revision() != seen.revision()) {
            throw new StaleVersion(now);
        }
        return now;
    }

    /** Records that the commenter took a comment back, whatever became of it meanwhile; done already, nothing. */
    @Transactional
    void withdraw(UUID id) {
        var present = comments.lock(id).orElseThrow();
        if (present.status() != CommentStatus.WITHDRAWN) {
            comments.settle(present, withdrawals.withdraw(present));
        }
    }

    /** An unverified address proves nothing: its commenter is a new one, whoever wrote at it before. */
    private UUID introduce(Submission submission) {
        var commenter = Ids.random();
        commenters.add(commenter, submission.name(), submission.website());
        addresses.store(commenter, submission.email());
        return commenter;
    }

    /** The statement that a restriction needs; null for a publication. */
    private @Nullable UUID state(UUID comment, int revision, Verdict verdict) {
        return verdict.status() == CommentStatus.PUBLISHED
                ? null
                : statements.add(comment, revision, verdict.status(), PublicReason.of(verdict.reasons()), true);
    }

    private void note(CommentState state, Action action, Act.By actor, Verdict verdict, Map<String, Object> more) {
        Map<String, Object> detail = new HashMap<>(more);
        detail.put("to", state.status());
        detail.put("revision", state.revision());
        detail.put("stateVersion", state.stateVersion());
        detail.put("reasons", verdict.reasons().stream().map(r -> r.code()).toList());
        detail.put("policies", verdict.policy().versions());
        trail.add(context.current(), new Act(actor, action, "comment", state.id().toString(), detail));
    }

    private static boolean isSpam(Verdict verdict) {
        return verdict.decision() instanceof Decision.Reject reject
                && reject.reasons().stream().allMatch(r -> r.code() == ReasonCode.SPAM);
    }

    private static Act.By reader(CommentState state) {
        return new Act.By("reader", state.commenterId().toString());
    }
}
