package dev.parley.intake;

import dev.parley.article.ArticleView;
import dev.parley.comment.CommenterStanding;
import dev.parley.identity.Members;
import dev.parley.policy.Case;
import dev.parley.policy.Policies;
import dev.parley.policy.Signals;
import dev.parley.privacy.PersonalData;
import dev.parley.scoring.GuardedScorers;
import dev.parley.scoring.GuardedScorers.Scored;
import dev.parley.scoring.ScoringUnavailable;
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

    private final GuardedScorers scorers;
    private final Policies policies;
    private final Members members;
    private final Settings settings;

    Assessment(GuardedScorers scorers, Policies policies, Members members, Settings settings) {
        this.scorers = scorers;
        this.policies = policies;
        this.members = members;
        this.settings = settings;
    }

    /**
     * A text, made ready.
     *
     * @param body what is kept of what the reader wrote
     * @param rule what was done about addresses and phone numbers in it; null if there were none
     * @param hash what tells a repeat; null if it is too short for that
     */
    record Prepared(String body, NormalisedText text, @Nullable PersonalDataRule rule, @Nullable Long hash) {}

    /**
     * @param written as the reader wrote it
     */
    Prepared prepare(String written) {
        var personal = PersonalData.in(written);
        var rule = personal.found() ? settings.current().personalData() : null;
        var body = rule == PersonalDataRule.MASK ? personal.masked() : written;
        var text = Normaliser.normalise(body);
        return new Prepared(body, text, rule, hash(text));
    }

    /**
     * @param staff names of the tenant's members
     * @param banned whether a sanction stands against the address
     * @param repeats how often the same text came; 0 for an edit of one's own
     * @param robot whether the form's traps say so
     * @param commenter what is known of the commenter
     */
    Verdict assess(
            SiteView site,
            ArticleView article,
            String name,
            Prepared prepared,
            List<String> staff,
            boolean banned,
            int repeats,
            boolean robot,
            CommenterStanding commenter) {
        var text = prepared.text();
        var scored = score(prepared.body(), text, site.language());
        var scores = scored == null ? null : scored.scores();
        var signals =
                new Signals(
                        text.links().stream().map(Link::host).toList(),
                        looksLikeStaff(name, staff, article),
                        banned,
                        repeats,
                        robot,
                        prepared.rule(),
                        commenter.proven(),
                        commenter);
        var policy = policies.forArticle(article);
        var decision = policies.decide(policy, new Case(prepared.body(), text, scores, signals, article, site.key()));
        return new Verdict(
                prepared.body(),
                scores,
                scored == null ? null : scored.models(),
                signals,
                policy,
                decision,
                prepared.hash());
    }

    /**
     * Scores a kept text in the background.
     *
     * @throws ScoringUnavailable if that failed
     */
    Scored scoreAgain(SiteView site, String body) {
        return scorers.scoreInBackground(body, Normaliser.normalise(body), site.language());
    }

    /**
     * Judges a kept text again, by the policy in effect now: what could not be scored when it came.
     *
     * @param then the signals of that time; of those, banned, the commenter and the name are looked at anew
     * @throws ScoringUnavailable if it can't be scored now either
     */
    Verdict assessAgain(
            SiteView site,
            ArticleView article,
            String name,
            String body,
            Signals then,
            boolean banned,
            CommenterStanding commenter) {
        var text = Normaliser.normalise(body);
        var rescored = scorers.scoreInBackground(body, text, site.language());
        var signals =
                new Signals(
                        then.linkHosts(),
                        looksLikeStaff(name, members.names(), article),
                        banned,
                        then.repeats(),
                        then.robot(),
                        then.personalData(),
                        commenter.proven(),
                        commenter);
        var policy = policies.forArticle(article);
        var decision = policies.decide(policy, new Case(body, text, rescored.scores(), signals, article, site.key()));
        return new Verdict(body, rescored.scores(), rescored.models(), signals, policy, decision, null);
    }

    /** Null if the scorer failed: then policy holds. */
    private @Nullable Scored score(String body, NormalisedText text, String language) {
        try {
            return scorers.score(body, text, language);
        } catch (ScoringUnavailable e) {
            // Its cause's class only: a message could hold text.
            LOG.warnf("A comment is not scored: %s", e.getCause() == null ? e : e.getCause().getClass().getName());
            return null;
        }
    }

    private static boolean looksLikeStaff(String name, List<String> staff, ArticleView article) {
        var reserved =
                Stream.of(RESERVED.stream(), staff.stream(), article.authors().stream())
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
