package dev.parley.intake;

import dev.parley.comment.CommentStatus;
import dev.parley.comment.RevisionText;
import dev.parley.moderation.Judgement;
import dev.parley.platform.Json;
import dev.parley.policy.Decision;
import dev.parley.policy.EffectivePolicy;
import dev.parley.policy.Reason;
import dev.parley.policy.ReasonCode;
import dev.parley.policy.Signals;
import dev.parley.scoring.Scores;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that was found out about a text before the transaction begins. */
record Verdict(
        String body,
        @Nullable Scores scores,
        @Nullable String models,
        Signals signals,
        EffectivePolicy policy,
        Decision decision,
        @Nullable Long textHash) {

    CommentStatus status() {
        return switch (decision) {
            case Decision.Publish _ -> CommentStatus.PUBLISHED;
            case Decision.Hold _ -> CommentStatus.HELD;
            case Decision.Reject _ -> CommentStatus.REJECTED;
        };
    }

    List<Reason> reasons() {
        return decision.reasons();
    }

    String language() {
        return scores == null ? "und" : scores.language();
    }

    RevisionText revision(Json json) {
        var judgement =
                switch (decision) {
                    case Decision.Publish p -> new Judgement("PUBLISH", 0, p.reasons(), policy.versions());
                    case Decision.Hold h -> new Judgement("HOLD", h.risk(), h.reasons(), policy.versions());
                    case Decision.Reject r -> new Judgement("REJECT", 0, r.reasons(), policy.versions());
                };
        return new RevisionText(
                body,
                language(),
                scores == null ? "null" : kept(json, scores, reasons()),
                models,
                json.write(signals),
                json.write(judgement));
    }

    /**
     * JSON of scores as they are stored. A decision by a rule keeps the words of all: which scores the rule looked at
     * is not known here.
     */
    static String kept(Json json, Scores scores, List<Reason> reasons) {
        var names = reasons.stream().map(r -> r.code().name()).collect(Collectors.toSet());
        boolean byRule = names.contains(ReasonCode.RULE.name());
        return json.write(scores.toKeep(name -> byRule || names.contains(name.toUpperCase(Locale.ROOT))));
    }
}
