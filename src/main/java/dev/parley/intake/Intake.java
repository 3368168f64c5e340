package dev.parley.intake;

import dev.parley.article.ArticleView;
import dev.parley.article.Articles;
import dev.parley.article.SignedArticles;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommentStatus;
import dev.parley.comment.CommentView;
import dev.parley.comment.CommenterStanding;
import dev.parley.comment.CommenterView;
import dev.parley.comment.Commenters;
import dev.parley.comment.Comments;
import dev.parley.intake.Idempotency.Claim;
import dev.parley.moderation.Judgement;
import dev.parley.moderation.PublicReason;
import dev.parley.moderation.Sanctions;
import dev.parley.platform.Conflict;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.Json;
import dev.parley.platform.NotFound;
import dev.parley.policy.Mode;
import dev.parley.policy.Policies;
import dev.parley.policy.Signals;
import dev.parley.privacy.Addresses;
import dev.parley.privacy.Tokens;
import dev.parley.tenant.PersonalDataRule;
import dev.parley.tenant.Settings;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The line from a submission to its place. */
@ApplicationScoped
public class Intake {

    private final Sites sites;
    private final Articles articles;
    private final SignedArticles signedArticles;
    private final Comments comments;
    private final Commenters commenters;
    private final Settings settings;
    private final Limits limits;
    private final Places places;
    private final Idempotency idempotency;
    private final Addresses addresses;
    private final Tokens tokens;
    private final Sanctions sanctions;
    private final Policies policies;
    private final Assessment assessment;
    private final Ledger ledger;
    private final Origins origins;
    private final Json json;
    private final TenantContext context;
    private final Clock clock;

    Intake(
            Sites sites,
            Articles articles,
            SignedArticles signedArticles,
            Comments comments,
            Commenters commenters,
            Settings settings,
            Limits limits,
            Places places,
            Idempotency idempotency,
            Addresses addresses,
            Tokens tokens,
            Sanctions sanctions,
            Policies policies,
            Assessment assessment,
            Ledger ledger,
            Origins origins,
            Json json,
            TenantContext context,
            Clock clock) {
        this.sites = sites;
        this.articles = articles;
        this.signedArticles = signedArticles;
        this.comments = comments;
        this.commenters = commenters;
        this.settings = settings;
        this.limits = limits;
        this.places = places;
        this.idempotency = idempotency;
        this.addresses = addresses;
        this.tokens = tokens;
        this.sanctions = sanctions;
        this.policies = policies;
        this.assessment = assessment;
        this.ledger = ledger;
        this.origins = origins;
        this.json = json;
        this.context = context;
        this.clock = clock;
    }

    /**
     * Takes a comment for an article of the entered tenant's site: scored, judged and stored, or refused with nothing
     * stored.
     *
     * @throws Reconsider if the client offers to ask its reader, the tenant wants that, and the text reads as hostile
     */
    public Receipt submit(String siteKey, String articleKey, SubmitRequest request, Envelope envelope) {
        var site = sites.byKey(siteKey);
        admit(site, envelope);
        try (var _ = places.take(context.current())) {
            return take(site, articleKey, request, envelope);
        }
    }

    private Receipt take(SiteView site, String articleKey, SubmitRequest request, Envelope envelope) {
        var submission = SubmissionRules.accept(request);
        limits.admitAddress(context.current(), addresses.lookup(submission.email()), envelope.client());
        var claim = claim(site.key(), articleKey, request, envelope);
        var earlier = claim == null ? Optional.<UUID>empty() : idempotency.answered(claim);
        if (earlier.isPresent()) {
            return receipt(earlier.get());
        }
        var article =
                request.signedArticle() == null
                        ? articles.findOrRegister(site, articleKey, submission.article())
                        : signedArticles.learn(site, articleKey, request.signedArticle());
        var parent = parent(submission.parentId(), article);
        mustBeOpen(article);
        var banned = sanctions.standsAgainst(submission.email());
        var remembered = remembered(submission, envelope);
        var standing = remembered.map(id -> commenters.standing(id, null)).orElse(CommenterStanding.UNPROVEN);
        var verdict =
                assessment.assess(
                        site, article, submission.name(), submission.body(), banned, envelope.robot(), standing, true);
        // After all that is looked up, so that it takes as long for everybody; of that it depends on the text alone.
        if (submission.nudge()
                && policies.readsAsHostile(verdict.policy(), verdict.scores())
                && settings.current().nudges()) {
            throw new Reconsider();
        }
        return receipt(
                ledger.record(
                        article, submission, remembered, standing.proven(), parent, envelope.client(), verdict, claim));
    }

    /**
     * Replaces the text of a comment, within the tenant's window. The new revision is scored and judged again.
     *
     * @throws NotFound if the token is not the comment's
     */
    public Receipt edit(String siteKey, UUID id, @Nullable String editToken, @Nullable String body, Envelope envelope) {
        var site = sites.byKey(siteKey);
        admit(site, envelope);
        try (var _ = places.take(context.current())) {
            return change(site, id, editToken, body, envelope);
        }
    }

    private Receipt change(
            SiteView site, UUID id, @Nullable String editToken, @Nullable String body, Envelope envelope) {
        var comment = own(site, id, editToken);
        var text = SubmissionRules.acceptBody(body);
        mustBeEditable(comment);
        var article = articles.byId(comment.articleId());
        mustBeOpen(article);
        var banned = sanctions.standsAgainst(comment.commenterId());
        var verdict =
                assessment.assess(
                        site,
                        article,
                        comment.name(),
                        text,
                        banned,
                        envelope.robot(),
                        commenters.standing(comment.commenterId(), id),
                        false);
        ledger.revise(comment, verdict, settings.current().hideWhileEditIsHeld());
        return receipt(id);
    }

    /** Takes a comment back, within the tenant's window. Doing it twice does nothing more. */
    public void withdraw(String siteKey, UUID id, @Nullable String editToken, Envelope envelope) {
        var site = sites.byKey(siteKey);
        admit(site, envelope);
        try (var _ = places.take(context.current())) {
            var comment = own(site, id, editToken);
            if (comment.status() != CommentStatus.WITHDRAWN) {
                mustBeInWindow(comment);
                ledger.withdraw(comment);
            }
        }
    }

    /**
     * A comment as its writer got it back when it was sent, and as it stands now.
     *
     * @throws NotFound if the token is not the comment's
     */
    public Receipt own(String siteKey, UUID id, @Nullable String editToken) {
        own(sites.byKey(siteKey), id, editToken);
        return receipt(id);
    }

    private void admit(SiteView site, Envelope envelope) {
        origins.mustBelongTo(site, envelope.origin());
        limits.admit(context.current(), site.id(), envelope.client());
    }

    private @Nullable Claim claim(String siteKey, String articleKey, SubmitRequest request, Envelope envelope) {
        if (envelope.idempotencyKey() == null) {
            return null;
        }
        return idempotency.claim(
                "submit " + siteKey + " " + articleKey,
                envelope.idempotencyKey(),
                json.write(request.withoutNudge()).getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable CommentState parent(@Nullable UUID id, ArticleView article) {
        if (id == null) {
            return null;
        }
        var parent =
                comments.find(id)
                        .filter(c -> c.articleId().equals(article.id()) && c.visibleRevision() != null)
                        .orElseThrow(() -> new InvalidInput("parentId", "is no comment to reply to"));
        if (parent.depth() >= settings.current().replyDepth()) {
            throw new InvalidInput("parentId", "is nested too deeply to reply to");
        }
        return parent;
    }

    private void mustBeOpen(ArticleView article) {
        if (!article.open() || policies.forArticle(article).mode() == Mode.CLOSED) {
            throw new Conflict("Comments on this article are closed");
        }
    }

    /**
     * The commenter of an earlier submission, or whom they were merged into, if the token proves it and the address is
     * the same.
     */
    private Optional<UUID> remembered(Submission submission, Envelope envelope) {
        return tokens.reader(envelope.readerToken())
                .flatMap(commenters::find)
                .filter(commenter -> !commenter.erased())
                .map(CommenterView::id)
                .filter(commenter -> addresses.belongs(commenter, submission.email()));
    }

    /** A wrong token answers as a comment that does not exist. */
    private CommentState own(SiteView site, UUID id, @Nullable String editToken) {
        return comments.find(id)
                .filter(c -> c.siteId().equals(site.id()) && tokens.fitsEdit(editToken, id))
                .orElseThrow(() -> new NotFound("comment"));
    }

    private void mustBeEditable(CommentState comment) {
        if (comment.status() == CommentStatus.REJECTED || comment.status() == CommentStatus.WITHDRAWN) {
            throw new Conflict("A comment that is gone can't be edited");
        }
        mustBeInWindow(comment);
    }

    private void mustBeInWindow(CommentState comment) {
        var window = Duration.ofSeconds(settings.current().editWindowSeconds());
        if (clock.instant().isAfter(comment.createdAt().plus(window))) {
            throw new Conflict("The time for changes is over");
        }
    }

    /** The same for a first answer and a replayed one: made from what is stored. */
    private Receipt receipt(UUID id) {
        var comment = comments.get(id);
        var revision = comments.revision(id, comment.revision());
        var judgement = json.read(revision.decision(), Judgement.class);
        var signals = json.read(revision.signals(), Signals.class);
        return new Receipt(
                id,
                comment.status(),
                comment.status() == CommentStatus.PUBLISHED ? List.of() : PublicReason.of(judgement.reasons()),
                signals.personalData() == PersonalDataRule.MASK ? true : null,
                tokens.editToken(id),
                tokens.readerToken(comment.commenterId()),
                CommentView.own(comment, revision.body()));
    }
}
