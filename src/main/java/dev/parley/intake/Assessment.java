package dev.parley.intake;

import dev.parley.article.ArticleView;
import dev.parley.comment.Comments;
import dev.parley.identity.Members;
import dev.parley.policy.Case;
import dev.parley.policy.Policies;
import dev.parley.policy.Signals;
import dev.parley.privacy.PersonalData;
import dev.parley.scoring.Scorers;
import dev.parley.scoring.Scores;
import dev.parley.tenant.PersonalDataRule;
import dev.parley.tenant.Settings;
import dev.parley.tenant.SiteView;
import dev.parley.text.Link;
import dev.parley.text.LookAlikes;
import dev.parley.text.NormalisedText;
import dev.parley.text.Normaliser;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * From a text to a verdict: masked, normalised, scored, its signals gathered, the article's policy applied. Writes
 * nothing.
 */
@ApplicationScoped
class Assessment {

    private static final Logger LOG = Logger.getLogger(Assessment.class);

    /** Names that nobody but staff should bear, in the languages of Parley's pages. */
    private static final List<String> RESERVED =
            List.of(
                    "admin",
                    "administrator",
                    "moderator",
                    "mod",
                    "editor",
                    "editorial team",
                    "staff",
                    "system",
                    "support",
                    "official",
                    "redaktion",
                    "redakteur",
                    "parley");

    /** Shorter texts repeat by chance: "Thank you". In characters of the normalised text. */
    private static final int TELLING_LENGTH = 30;

    private static final Duration REPEAT_WINDOW = Duration.ofDays(1);

    private final Scorers scorers;
    private final Policies policies;
    private final Members members;
    private final Comments comments;
    private final Settings settings;
    private final Clock clock;

    Assessment(Scorers scorers, Policies policies, Members members, Comments comments, Settings settings, Clock clock) {
        this.scorers = scorers;
        this.policies = policies;
        this.members = members;
        this.comments = comments;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param written as the reader wrote it; what is kept of it is in the verdict
     * @param banned whether a sanction stands against the address
     * @param robot whether the form's traps say so
     * @param proven whether the commenter's address is known to be theirs
     * @param repeatable whether an equal text counts as a repeat; not for an edit of one's own
     */
    Verdict assess(
            SiteView site,
            ArticleView article,
            String name,
            String written,
            boolean banned,
            boolean robot,
            boolean proven,
            boolean repeatable) {
        var personal = PersonalData.in(written);
        var rule = personal.found() ? settings.current().personalData() : null;
        var body = rule == PersonalDataRule.MASK ? personal.masked() : written;
        var text = Normaliser.normalise(body);
        var scores = score(body, text, site.language());
        var hash = hash(text);
        var signals =
                new Signals(
                        text.links().stream().map(Link::host).toList(),
                        looksLikeStaff(name, article),
                        banned,
                        repeatable && hash != null ? comments.repeats(hash, clock.instant().minus(REPEAT_WINDOW)) : 0,
                        robot,
                        rule,
                        proven);
        var policy = policies.forArticle(article);
        var decision = policies.decide(policy, new Case(text, scores, signals));
        return new Verdict(body, scores, signals, policy, decision, hash);
    }

    /** Null if the scorer failed: then policy holds. */
    private @Nullable Scores score(String body, NormalisedText text, String language) {
        try {
            return scorers.score(body, text, language);
        } catch (RuntimeException e) {
            LOG.errorf("Scoring failed: %s", e.getClass().getName()); // its message could hold text
            return null;
        }
    }

    private boolean looksLikeStaff(String name, ArticleView article) {
        var reserved =
                Stream.of(RESERVED.stream(), members.names().stream(), article.authors().stream())
                        .flatMap(names -> names)
                        .toList();
        return LookAlikes.looksLike(name, reserved);
    }

    /** Of the words without the links: those who flood give each copy an address of its own. */
    private static @Nullable Long hash(NormalisedText text) {
        var words = text.textWithoutLinks();
        var telling = words.length() < TELLING_LENGTH ? text.text() : words;
        if (telling.length() < TELLING_LENGTH) {
            return null;
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(telling.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
