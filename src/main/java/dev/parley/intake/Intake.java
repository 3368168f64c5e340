package dev.parley.intake;

import dev.parley.article.ArticleView;
import dev.parley.article.Articles;
import dev.parley.article.SignedArticles;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommentStatus;
import dev.parley.comment.CommentView;
import dev.parley.comment.Commenters;
import dev.parley.comment.Comments;
import dev.parley.identity.Members;
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
import dev.parley.policy.Reason;
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
import java.util.Objects;
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
    private final Members members;
    private final Lookup lookup;
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
            Members members,
            Lookup lookup,
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
        this.members = members;
        this.lookup = lookup;
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
        var prepared = assessment.prepare(submission.body());
        var facts = lookup.about(site, articleKey, submission, claim, prepared.hash(), envelope.readerToken());
        if (facts.answered().isPresent()) {
            return receipt(facts.answered().get());
        }
        var article =
                request.signedArticle() != null
                        ? signedArticles.learn(site, articleKey, request.signedArticle())
                        : facts.article()
                                .orElseGet(() -> articles.findOrRegister(site, articleKey, submission.article()));
        var parent = submission.parentId() == null ? null : parent(facts.parent(), article);
        mustBeOpen(article);
        var verdict =
                assessment.assess(
                        site,
                        article,
                        submission.name(),
                        prepared,
                        facts.staff(),
                        facts.banned(),
                        facts.repeats(),
                        envelope.robot(),
                        facts.standing());
        // After all that is looked up, so that it takes as long for everybody; of that it depends on the text alone.
        askFirst(submission.nudge(), verdict);
        try {
            var state =
                    ledger.record(
                            article,
                            submission,
                            facts.remembered(),
                            facts.standing().proven(),
                            parent,
                            envelope.client(),
                            verdict,
                            claim);
            return receipt(state, verdict.body(), verdict.reasons(), verdict.signals());
        } catch (KeyTaken e) {
            return receipt(idempotency.answered(Objects.requireNonNull(claim)).orElseThrow(StillWorking::new));
        }
    }

    /**
     * Replaces the text of a comment, within the tenant's window. The new revision is scored and judged again.
     *
     * @param nudge whether the client can ask its reader to say it differently
     * @throws NotFound if the token is not the comment's
     * @throws Reconsider as for a new comment; it stays as it was
     */
    public Receipt edit(
            String siteKey,
            UUID id,
            @Nullable String editToken,
            @Nullable String body,
            boolean nudge,
            Envelope envelope) {
        var site = sites.byKey(siteKey);
        admit(site, envelope);
        try (var _ = places.take(context.current())) {
            return change(site, id, editToken, body, nudge, envelope);
        }
    }

    private Receipt change(
            SiteView site,
            UUID id,
            @Nullable String editToken,
            @Nullable String body,
            boolean nudge,
            Envelope envelope) {
        var comment = own(site, id, editToken);
        var text = SubmissionRules.acceptBody(body);
        mustBeEditable(comment);
        var article = articles.byId(comment.articleId());
        mustBeOpen(article);
        var verdict =
                assessment.assess(
                        site,
                        article,
                        comment.name(),
                        assessment.prepare(text),
                        members.names(),
                        sanctions.standsAgainst(comment.commenterId()),
                        0,
                        envelope.robot(),
                        commenters.standing(comment.commenterId(), id));
        askFirst(nudge, verdict);
        ledger.revise(comment, verdict, settings.current().hideWhileEditIsHeld());
        return receipt(id);
    }

    private void askFirst(boolean nudge, Verdict verdict) {
        if (nudge && policies.readsAsHostile(verdict.policy(), verdict.scores()) && settings.current().nudges()) {
            throw new Reconsider();
        }
    }

    /** Takes a comment back, within the tenant's window. Doing it twice does nothing more. */
    public void withdraw(String siteKey, UUID id, @Nullable String editToken, Envelope envelope) {
        var site = sites.byKey(siteKey);
        admit(site, envelope);
        try (var _ = places.take(context.current())) {
            var comment = own(site, id, editToken);
            if (comment.status() != CommentStatus.WITHDRAWN) {
                mustBeInWindow(comment);
                ledger.withdraw(id);
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

    private CommentState parent(Optional<CommentState> found, ArticleView article) {
        var parent =
                found.filter(c -> c.articleId().equals(article.id()) && c.visibleRevision() != null)
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

    /** Made from what is stored; for a comment that nothing has changed since, the same as the first answer. */
    private Receipt receipt(UUID id) {
        var comment = comments.get(id);
        var revision = comments.revision(id, comment.revision());
        return receipt(
                comment,
                revision.body(),
                json.read(revision.decision(), Judgement.class).reasons(),
                json.read(revision.signals(), Signals.class));
    }

    private Receipt receipt(CommentState comment, String body, List<Reason> reasons, Signals signals) {
        return new Receipt(
                comment.id(),
                comment.status(),
                comment.status() == CommentStatus.PUBLISHED ? List.of() : PublicReason.of(reasons),
                signals.personalData() == PersonalDataRule.MASK ? true : null,
                tokens.editToken(comment.id()),
                tokens.readerToken(comment.commenterId()),
                CommentView.own(comment, body));
    }
}
