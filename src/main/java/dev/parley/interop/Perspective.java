package dev.parley.interop;

import dev.parley.interop.Analysis.AttributeScores;
import dev.parley.interop.Analysis.SpanScore;
import dev.parley.interop.Analysis.Value;
import dev.parley.interop.Sentences.Part;
import dev.parley.scoring.GuardedScorers;
import dev.parley.scoring.Scores;
import dev.parley.text.LanguageDetector;
import dev.parley.training.Labels;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The two methods of Perspective, answered by Parley's models. Only a suggestion is stored. */
@ApplicationScoped
class Perspective {

    /** Names from the caller are repeated only if they look like one. */
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,50}(@[0-9.]{1,10})?");

    private final GuardedScorers scorers;
    private final Attributes attributes;
    private final HomeLanguage home;
    private final Labels labels;

    Perspective(GuardedScorers scorers, Attributes attributes, HomeLanguage home, Labels labels) {
        this.scorers = scorers;
        this.attributes = attributes;
        this.home = home;
        this.labels = labels;
    }

    /** The scores of a text and the language of the models that gave them. */
    private record Judged(Scores scores, String language) {}

    /**
     * @throws PerspectiveError if an attribute is unknown, or not known in the text's language or in one of those that
     *     the request names
     */
    Analysis analyze(AnalyzeRequest request) {
        var wanted = new LinkedHashSet<String>();
        for (var name : request.thresholds().keySet()) {
            attribute(name);
            if (speaks(name, request)) {
                wanted.add(name);
            }
        }
        var judged = judge(request.text(), request.languages());
        var found = new LinkedHashMap<String, AttributeScores>();
        var parts = request.spanAnnotations() ? Sentences.of(request.text(), judged.language()) : List.<Part>of();
        var partScores =
                parts.size() < 2
                        ? List.<Scores>of()
                        : parts.stream()
                                .map(part ->
                                        scorers.scoreAs(
                                                Composed.of(request.text().substring(part.begin(), part.end())).text(),
                                                judged.language()))
                                .toList();
        for (var name : wanted) {
            var value = judged.scores().value(attribute(name));
            if (value.isEmpty()) {
                if (!request.dropUnsupported()) {
                    throw unsupported(name, judged.scores().language());
                }
                continue;
            }
            double threshold = request.thresholds().getOrDefault(name, 0.0);
            if (value.get() >= threshold) {
                var spans =
                        partScores.isEmpty()
                                ? List.of(new SpanScore(0, request.text().length(), Value.of(value.get())))
                                : spans(attribute(name), parts, partScores, threshold);
                found.put(name, new AttributeScores(spans, Value.of(value.get())));
            }
        }
        return new Analysis(
                found.isEmpty() ? null : found,
                request.languages().isEmpty() ? List.of(judged.language()) : request.languages(),
                List.of(judged.scores().language()),
                request.clientToken());
    }

    /**
     * Makes a label of the entered tenant from a suggestion.
     *
     * @throws PerspectiveError if nothing can be trained for one of the attributes
     */
    Map<String, Object> suggest(SuggestRequest request) {
        var scores = new LinkedHashMap<String, Double>();
        request.scores()
                .forEach((name, value) -> {
                    var attribute = name.toLowerCase(Locale.ROOT);
                    if (!NAME.matcher(name).matches() || Labels.labelOf(attribute).isEmpty()) {
                        throw unknown(name);
                    }
                    scores.put(attribute, value);
                });
        var detected = scorers.score(Composed.of(request.text()).text(), LanguageDetector.UNDETERMINED).language();
        var said = request.languages().stream().map(PerspectiveComment::code).findFirst();
        var language = said.orElse(detected);
        if (!labels.suggest(request.text(), language, scores, request.clientToken())) {
            throw PerspectiveError.labelsFull();
        }
        var answer = new LinkedHashMap<String, Object>();
        answer.put("detectedLanguages", List.of(detected));
        if (!request.languages().isEmpty()) {
            answer.put("requestedLanguages", request.languages());
        }
        Optional.ofNullable(request.clientToken()).ifPresent(token -> answer.put("clientToken", token));
        return answer;
    }

    /** The attribute of a name; one of the service's own that no model knows is one too. */
    private String attribute(String name) {
        var attribute = name.toLowerCase(Locale.ROOT);
        boolean known = attributes.all().contains(attribute) || Labels.labelOf(attribute).isPresent();
        if (!known || !NAME.matcher(name).matches()) {
            throw unknown(name);
        }
        return attribute;
    }

    private static PerspectiveError unknown(String name) {
        return PerspectiveError.request(
                "Unknown requested attribute" + (NAME.matcher(name).matches() ? ": " + name : ""));
    }

    /** Whether an attribute is known in all languages that the request names. */
    private boolean speaks(String name, AnalyzeRequest request) {
        var lacking =
                request.languages().stream()
                        .filter(tag -> !attributes.isKnown(attribute(name), PerspectiveComment.code(tag)))
                        .toList();
        if (!lacking.isEmpty() && !request.dropUnsupported()) {
            throw PerspectiveError.languageNotSupported(name, "requestedLanguages", lacking);
        }
        return lacking.isEmpty();
    }

    /**
     * A language that the text clearly is in goes before the one that the request names: programs name that of their
     * site. The latter is for texts that are too short or too mixed to tell, in a script that fits.
     */
    private Judged judge(String text, List<String> languages) {
        var otherwise = languages.isEmpty() ? home.get() : PerspectiveComment.code(languages.getFirst());
        var scores = scorers.score(Composed.of(text).text(), otherwise);
        boolean told = !scores.language().equals(LanguageDetector.UNDETERMINED);
        if (!told && scores.byAttribute().isEmpty() && languages.isEmpty()) {
            throw PerspectiveError.languageNotDetected();
        }
        return new Judged(scores, told ? scores.language() : otherwise);
    }

    private static PerspectiveError unsupported(String name, String language) {
        return PerspectiveError.languageNotSupported(name, "detectedLanguages", List.of(language));
    }

    private static List<SpanScore> spans(
            String attribute, List<Part> parts, List<Scores> partScores, double threshold) {
        var spans = new ArrayList<SpanScore>();
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            partScores
                    .get(i)
                    .value(attribute)
                    .filter(value -> value >= threshold)
                    .ifPresent(value -> spans.add(new SpanScore(part.begin(), part.end(), Value.of(value))));
        }
        return spans;
    }
}
