package dev.parley.interop;

import dev.parley.interop.ScoredText.AttributeScore;
import dev.parley.interop.ScoresRequest.TextToScore;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.InvalidInput.Violation;
import dev.parley.scoring.Confidence;
import dev.parley.scoring.GuardedScorers;
import dev.parley.scoring.Score;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Scores in Parley's own shape. Keeps nothing. */
@ApplicationScoped
class TextScoring {

    /** As of a comment. In code points. */
    static final int MAX_TEXT = 10_000;

    private final GuardedScorers scorers;
    private final Attributes attributes;
    private final HomeLanguage home;

    TextScoring(GuardedScorers scorers, Attributes attributes, HomeLanguage home) {
        this.scorers = scorers;
        this.attributes = attributes;
        this.home = home;
    }

    /**
     * @throws InvalidInput if an attribute is unknown or a text is too long; all such are told at once
     */
    List<ScoredText> score(ScoresRequest request) {
        var wanted = accept(request);
        boolean explain = Boolean.TRUE.equals(request.explain());
        boolean allSayTheirs = request.texts().stream().allMatch(text -> text.language() != null);
        var otherwise = allSayTheirs ? null : home.get();
        return request.texts().stream().map(text -> score(text, wanted, explain, otherwise)).toList();
    }

    private ScoredText score(TextToScore asked, Set<String> wanted, boolean explain, @Nullable String otherwise) {
        var text = Composed.of(asked.text());
        var language = asked.language() != null ? asked.language() : String.valueOf(otherwise);
        var said = scorers.score(text.text(), language);
        var scores = new TreeMap<String, AttributeScore>();
        said.byAttribute()
                .forEach((attribute, score) -> {
                    if (wanted.contains(attribute)) {
                        scores.put(attribute, view(score, text, explain));
                    }
                });
        return new ScoredText(asked.id(), said.language(), said.scored(), scores);
    }

    private static AttributeScore view(Score score, Composed text, boolean explain) {
        return new AttributeScore(
                score.value(),
                Confidence.of(score).orElse(null),
                score.modelVersion(),
                explain ? score.spans().stream().map(text::original).toList() : null);
    }

    private Set<String> accept(ScoresRequest request) {
        var known = attributes.all();
        var violations = new ArrayList<Violation>();
        var wanted = request.attributes() == null || request.attributes().isEmpty() ? null : request.attributes();
        if (wanted != null && !known.containsAll(wanted)) {
            violations.add(new Violation("attributes", "must be of " + String.join(", ", known)));
        }
        for (int i = 0; i < request.texts().size(); i++) {
            var text = request.texts().get(i).text();
            if (text.codePointCount(0, text.length()) > MAX_TEXT) {
                violations.add(new Violation("texts[" + i + "].text", "must be at most " + MAX_TEXT + " characters"));
            }
        }
        if (!violations.isEmpty()) {
            throw new InvalidInput(violations);
        }
        return wanted == null ? known : Set.copyOf(wanted);
    }
}
