package dev.parley.policy;

import dev.parley.scoring.Scores;
import dev.parley.tenant.PersonalDataRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Applies a policy to a case. The rules stand in groups; all of them are asked, so that a decision lists every reason.
 * What fails never publishes: no score is a reason to hold, unless the tenant chose otherwise.
 */
final class Judge {

    /** Risk of what is held without a score: between a sure insult and a formality. */
    private static final double UNSCORED_RISK = .5;

    /** Sending the same text this often is no accident. */
    private static final int REPEATS = 2;

    private Judge() {}

    static Decision judge(Case comment, EffectivePolicy policy) {
        var reject = new ArrayList<Reason>();
        var hold = new ArrayList<Reason>();

        // What a machine may reject by itself: only what the tenant said.
        reject.addAll(words(comment, policy.bannedWords(), ReasonCode.BANNED_WORD));
        reject.addAll(scoresFrom(comment.scores(), policy.thresholds(), true));

        // What the scores say.
        hold.addAll(scoresFrom(comment.scores(), policy.thresholds(), false));
        hold.addAll(unscored(comment, policy));

        // What the text holds.
        hold.addAll(words(comment, policy.suspectWords(), ReasonCode.SUSPECT_WORD));
        var links = comment.signals().linkHosts();
        if (links.size() > policy.maxLinks()) {
            hold.add(new Reason(ReasonCode.LINKS, "links: %d, at most %d".formatted(links.size(), policy.maxLinks())));
        }
        if (comment.signals().personalData() == PersonalDataRule.HOLD) {
            hold.add(new Reason(ReasonCode.PERSONAL_DATA, "an email address or a phone number stands in the text"));
        }

        // How it was sent, and by whom.
        if (comment.signals().staffLikeName()) {
            hold.add(new Reason(ReasonCode.NAME, "the name looks like staff's"));
        }
        if (comment.signals().repeats() >= REPEATS) {
            hold.add(
                    new Reason(
                            ReasonCode.REPEAT,
                            "sent %d times before within a day".formatted(comment.signals().repeats())));
        }
        if (comment.signals().robot()) {
            hold.add(new Reason(ReasonCode.ROBOT, "the form was filled in as a robot does"));
        }
        if (comment.signals().addressBanned()) {
            hold.add(new Reason(ReasonCode.ADDRESS_BANNED, "a sanction stands against the address"));
        }

        if (policy.requireProof() && !Boolean.TRUE.equals(comment.signals().proven())) {
            hold.add(new Reason(ReasonCode.ADDRESS_UNPROVEN, "the address is not confirmed"));
        }

        // What the tenant wants to see first anyway.
        if (policy.mode() != Mode.PUBLISH_FIRST) {
            hold.add(new Reason(ReasonCode.HOLD_FIRST, "everything is read first here"));
        }

        // What its rules say of the rest.
        var rules = Rules.ask(policy.rules(), comment);
        reject.addAll(rules.rejecting());
        hold.addAll(rules.holding());

        if (!reject.isEmpty()) {
            return new Decision.Reject(Stream.concat(reject.stream(), hold.stream()).toList());
        }
        boolean lifted = !rules.publishing().isEmpty() && hold.removeIf(reason -> isLiftable(reason, policy));
        if (hold.isEmpty()) {
            return new Decision.Publish(lifted ? rules.publishing() : List.of());
        }
        return new Decision.Hold(risk(comment.scores()), List.copyOf(hold));
    }

    /** What a rule may publish in spite of: judgements on the text. Never who sent it and how, or what is not known. */
    private static boolean isLiftable(Reason reason, EffectivePolicy policy) {
        return switch (reason.code()) {
            case IDENTITY_ATTACK, INSULT, PROFANITY, SEVERE_TOXICITY, SPAM, THREAT, TOXICITY -> true;
            case LANGUAGE, LINKS, SUSPECT_WORD -> true;
            case HOLD_FIRST -> policy.mode() != Mode.CLOSED;
            case ADDRESS_BANNED,
                    ADDRESS_UNPROVEN,
                    BANNED_WORD,
                    FLAGGED,
                    NAME,
                    PERSONAL_DATA,
                    REPEAT,
                    ROBOT,
                    RULE,
                    UNSCORED ->
                    false;
        };
    }

    /**
     * Whether the scores for hostility alone would hold or reject it. Rules are not asked: they may look at who wrote.
     */
    static boolean readsAsHostile(@Nullable Scores scores, EffectivePolicy policy) {
        return Stream.of(true, false)
                .flatMap(rejecting -> scoresFrom(scores, policy.thresholds(), rejecting).stream())
                .anyMatch(reason -> reason.code().isHostility());
    }

    private static List<Reason> scoresFrom(
            @Nullable Scores scores, Map<String, Threshold> thresholds, boolean rejecting) {
        if (scores == null) {
            return List.of();
        }
        return scores.byAttribute().values().stream()
                .sorted(Comparator.comparingDouble(score -> -score.value()))
                .flatMap(score -> {
                    var threshold = thresholds.get(score.attribute());
                    var limit = threshold == null ? null : rejecting ? threshold.reject() : threshold.hold();
                    return limit == null || score.value() < limit
                            ? Stream.<Reason>empty()
                            : Stream.of(
                                    new Reason(
                                            ReasonCode.ofAttribute(score.attribute()),
                                            String.format(
                                                    Locale.ROOT,
                                                    "%s %.2f, from %.2f on",
                                                    score.attribute(),
                                                    score.value(),
                                                    limit)));
                })
                .toList();
    }

    private static List<Reason> unscored(Case comment, EffectivePolicy policy) {
        if (comment.scores() == null) {
            return policy.holdUnscored() ? List.of(new Reason(ReasonCode.UNSCORED, "the scorer failed")) : List.of();
        }
        if (!comment.scores().scored() && policy.holdUnscoredLanguages()) {
            return List.of(new Reason(ReasonCode.LANGUAGE, "no model for language " + comment.scores().language()));
        }
        return List.of();
    }

    private static List<Reason> words(Case comment, List<String> words, ReasonCode code) {
        return WordLists.find(words, comment.text()).stream()
                .map(match -> match.entry())
                .distinct()
                .limit(10)
                .map(word -> new Reason(code, word))
                .toList();
    }

    static double risk(@Nullable Scores scores) {
        return scores == null || !scores.scored()
                ? UNSCORED_RISK
                : scores.byAttribute().values().stream()
                        .mapToDouble(score -> score.value())
                        .max()
                        .orElse(UNSCORED_RISK);
    }
}
