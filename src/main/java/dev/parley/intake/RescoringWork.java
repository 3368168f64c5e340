package dev.parley.intake;

import dev.parley.article.Articles;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommentStatus;
import dev.parley.comment.Commenters;
import dev.parley.comment.Comments;
import dev.parley.comment.RevisionView;
import dev.parley.comment.StaleVersion;
import dev.parley.intake.Rescorings.Turn;
import dev.parley.intake.Rescorings.TurnLost;
import dev.parley.moderation.Queue;
import dev.parley.moderation.Sanctions;
import dev.parley.platform.Json;
import dev.parley.policy.ReasonCode;
import dev.parley.policy.Signals;
import dev.parley.scoring.GuardedScorers;
import dev.parley.scoring.NotInTime;
import dev.parley.scoring.ScoringUnavailable;
import dev.parley.tenant.Sites;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Does a tenant's job batch by batch: each comment is scored outside of any transaction, and kept in one of its own
 * that also notes the progress. Whoever is killed in between has done nothing or all of it.
 */
@ApplicationScoped
class RescoringWork {

    private static final Logger LOG = Logger.getLogger(RescoringWork.class);
    private static final int BATCH = 50;

    private final Rescorings rescorings;
    private final GuardedScorers scorers;
    private final Comments comments;
    private final Commenters commenters;
    private final Articles articles;
    private final Sites sites;
    private final Sanctions sanctions;
    private final Queue queue;
    private final Assessment assessment;
    private final Ledger ledger;
    private final Json json;

    RescoringWork(
            Rescorings rescorings,
            GuardedScorers scorers,
            Comments comments,
            Commenters commenters,
            Articles articles,
            Sites sites,
            Sanctions sanctions,
            Queue queue,
            Assessment assessment,
            Ledger ledger,
            Json json) {
        this.rescorings = rescorings;
        this.scorers = scorers;
        this.comments = comments;
        this.commenters = commenters;
        this.articles = articles;
        this.sites = sites;
        this.sanctions = sanctions;
        this.queue = queue;
        this.assessment = assessment;
        this.ledger = ledger;
        this.json = json;
    }

    /**
     * Does the next comments of the entered tenant's job, at most 50. Must not be called in a transaction.
     *
     * @return whether to ask again: not if it is done, somebody else's, or scoring fails altogether
     */
    boolean batch() {
        return batch(BATCH);
    }

    boolean batch(int limit) {
        if (!scorers.worksInBackground()) {
            return false;
        }
        var turn = rescorings.take(limit).orElse(null);
        if (turn == null) {
            return false;
        }
        try {
            return turn.next().stream().allMatch(comment -> settled(turn, comment));
        } catch (TurnLost e) {
            return false;
        }
    }

    /** Tries one comment until it is scored or given up; false if it is scoring that fails, and not this comment. */
    private boolean settled(Turn turn, UUID id) {
        boolean done = false;
        while (!done) {
            var seen = comments.find(id).filter(c -> c.status() != CommentStatus.WITHDRAWN).orElse(null);
            if (seen == null) {
                rescorings.pass(turn, id);
                return true;
            }
            try {
                done = scored(turn, seen);
            } catch (StaleVersion e) {
                LOG.debugf("Comment %s moved on while it was scored: it is looked at again", id);
            } catch (ScoringUnavailable e) {
                if (!scorers.worksInBackground()) {
                    return false;
                }
                done = rescorings.failed(turn, id, seen.revision(), e instanceof NotInTime, e);
                if (done) {
                    LOG.warnf("Comment %s could not be scored and is left as it is", id);
                }
            }
        }
        return true;
    }

    private boolean scored(Turn turn, CommentState seen) {
        var revision = comments.revision(seen.id(), seen.revision());
        if (revision.body().isEmpty()) { // erased meanwhile
            rescorings.pass(turn, seen.id());
            return true;
        }
        var site = sites.byId(seen.siteId());
        if (waitsForScore(seen, revision)) {
            var verdict =
                    assessment.assessAgain(
                            site,
                            articles.byId(seen.articleId()),
                            seen.name(),
                            revision.body(),
                            json.read(revision.signals(), Signals.class),
                            sanctions.standsAgainst(seen.commenterId()),
                            commenters.standing(seen.commenterId(), seen.id()));
            ledger.decideAgain(turn, seen, verdict);
        } else {
            var scores = assessment.scoreAgain(site, revision.body());
            ledger.rescore(turn, seen, revision, scores);
        }
        return true;
    }

    /** What is held for other reasons, or was decided by a person, only gets its scores. */
    private boolean waitsForScore(CommentState seen, RevisionView revision) {
        return seen.status() == CommentStatus.HELD
                && "null".equals(revision.scores())
                && queue.reasons(seen.id()).contains(ReasonCode.UNSCORED);
    }
}
