package dev.parley.intake;

import dev.parley.article.ArticleView;
import dev.parley.article.Articles;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommenterStanding;
import dev.parley.comment.CommenterView;
import dev.parley.comment.Commenters;
import dev.parley.comment.Comments;
import dev.parley.identity.Members;
import dev.parley.intake.Idempotency.Claim;
import dev.parley.moderation.Sanctions;
import dev.parley.platform.Pipeline;
import dev.parley.privacy.Addresses;
import dev.parley.privacy.Tokens;
import dev.parley.tenant.SiteView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the database says of a submission before it is judged: one transaction, and mostly one round trip. */
@ApplicationScoped
class Lookup {

    private static final Duration REPEAT_WINDOW = Duration.ofDays(1);

    /**
     * What is known.
     *
     * @param answered what the idempotency key was answered with; then the rest does not matter
     * @param article empty if nobody knows it
     * @param parent empty if the submission names none, or none of the tenant's
     * @param repeats how often the same text came within a day
     * @param staff names of the tenant's members
     * @param remembered the commenter whose token and address these are
     */
    record Facts(
            Optional<UUID> answered,
            Optional<ArticleView> article,
            Optional<CommentState> parent,
            boolean banned,
            int repeats,
            List<String> staff,
            Optional<UUID> remembered,
            CommenterStanding standing) {}

    private final Idempotency idempotency;
    private final Articles articles;
    private final Comments comments;
    private final Commenters commenters;
    private final Members members;
    private final Sanctions sanctions;
    private final Addresses addresses;
    private final Tokens tokens;
    private final Pipeline pipeline;
    private final Clock clock;

    Lookup(
            Idempotency idempotency,
            Articles articles,
            Comments comments,
            Commenters commenters,
            Members members,
            Sanctions sanctions,
            Addresses addresses,
            Tokens tokens,
            Pipeline pipeline,
            Clock clock) {
        this.idempotency = idempotency;
        this.articles = articles;
        this.comments = comments;
        this.commenters = commenters;
        this.members = members;
        this.sanctions = sanctions;
        this.addresses = addresses;
        this.tokens = tokens;
        this.pipeline = pipeline;
        this.clock = clock;
    }

    /**
     * Looks everything up, also what will not be needed if something of it is wrong; in a transaction of its own.
     *
     * @param textHash null for a text too short to tell a repeat
     * @throws KeyUsedDifferently if the key was answered for another request
     */
    @Transactional(TxType.REQUIRES_NEW)
    Facts about(
            SiteView site,
            String articleKey,
            Submission submission,
            @Nullable Claim claim,
            @Nullable Long textHash,
            @Nullable String readerToken) {
        var answered = claim == null ? null : idempotency.ask(claim);
        var article = articles.ask(site, articleKey);
        var banned = sanctions.standsAgainst(submission.email());
        var repeats = textHash == null ? null : comments.repeats(textHash, clock.instant().minus(REPEAT_WINDOW));
        var staff = members.askNames();
        if (submission.parentId() == null && readerToken == null) {
            pipeline.commit();
        }
        var known = staff.get();
        var remembered = remembered(submission, readerToken);
        return new Facts(
                answered == null ? Optional.empty() : answered.get(),
                article.get(),
                Optional.ofNullable(submission.parentId()).flatMap(comments::find),
                banned.get(),
                repeats == null ? 0 : repeats.get(),
                known,
                remembered,
                remembered.map(id -> commenters.standing(id, null)).orElse(CommenterStanding.UNPROVEN));
    }

    /**
     * The commenter of an earlier submission, or whom they were merged into, if the token proves it and the address is
     * the same.
     */
    private Optional<UUID> remembered(Submission submission, @Nullable String readerToken) {
        return tokens.reader(readerToken)
                .flatMap(commenters::find)
                .filter(commenter -> !commenter.erased())
                .map(CommenterView::id)
                .filter(commenter -> addresses.belongs(commenter, submission.email()));
    }
}
