package dev.parley.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code comments:suggestscore} is told. {@code context}, {@code sessionId} and {@code communityId} are taken and
 * not kept; neither are scores of spans.
 *
 * @param text what the scores are of, without the tags of HTML
 * @param scores what the whole text should have been scored, by name of the attribute; not empty
 * @param languages as sent; empty to have it detected
 */
record SuggestRequest(String text, Map<String, Double> scores, List<String> languages, @Nullable String clientToken) {

    private static final Set<String> FIELDS =
            Set.of(
                    "comment",
                    "context",
                    "attributeScores",
                    "languages",
                    "communityId",
                    "clientToken",
                    "sessionId",
                    "doNotStore");

    static SuggestRequest read(JsonNode json) {
        var request = Payload.of(json, FIELDS);
        request.string("sessionId");
        request.string("communityId");
        if (request.bool("doNotStore")) {
            throw PerspectiveError.request(
                    "A suggested score is kept to train with: what must not be stored can't be suggested");
        }
        PerspectiveComment.checkContext(request);
        var text = PerspectiveComment.text(request);
        var scores = new LinkedHashMap<String, Double>();
        request.messages("attributeScores", Set.of("summaryScore", "spanScores"))
                .forEach((name, suggested) -> {
                    var summary = suggested.message("summaryScore", Set.of("value", "type"));
                    var value = summary == null ? null : summary.number("value");
                    if (value == null) {
                        throw PerspectiveError.request("A summary score is needed for each attribute");
                    }
                    if (value < 0 || value > 1) {
                        throw PerspectiveError.request("Suggested scores must be between 0 and 1");
                    }
                    scores.put(name, value);
                });
        if (scores.isEmpty()) {
            throw PerspectiveError.noAttributes();
        }
        return new SuggestRequest(text, scores, PerspectiveComment.languages(request), request.string("clientToken"));
    }

    /** Prints no text. */
    @Override
    public String toString() {
        return "SuggestRequest[" + scores + "]";
    }
}
