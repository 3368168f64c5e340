package dev.parley.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code comments:analyze} is asked. {@code doNotStore} is taken and changes nothing, since nothing is stored
 * anyway; {@code context}, {@code sessionId} and {@code communityId} are taken and not used.
 *
 * @param text what is to be scored, without the tags of HTML
 * @param thresholds by name of the requested attributes: the least score that is wanted; 0 for all
 * @param languages as sent; empty to have it detected
 * @param dropUnsupported whether attributes that the language lacks are left out, rather than an error
 */
record AnalyzeRequest(
        String text,
        Map<String, Double> thresholds,
        boolean spanAnnotations,
        List<String> languages,
        boolean dropUnsupported,
        @Nullable String clientToken) {

    private static final Set<String> FIELDS =
            Set.of(
                    "comment",
                    "context",
                    "requestedAttributes",
                    "spanAnnotations",
                    "languages",
                    "doNotStore",
                    "clientToken",
                    "sessionId",
                    "communityId",
                    "dropUnsupportedAttributes");

    private static final Set<String> SUPPORTED_TYPES = Set.of("PROBABILITY", "SCORE_TYPE_UNSPECIFIED");

    static AnalyzeRequest read(JsonNode json) {
        var request = Payload.of(json, FIELDS);
        request.bool("doNotStore");
        request.string("sessionId");
        request.string("communityId");
        PerspectiveComment.checkContext(request);
        var text = PerspectiveComment.text(request);
        var attributes = request.messages("requestedAttributes", Set.of("scoreType", "scoreThreshold"));
        if (attributes.isEmpty()) {
            throw PerspectiveError.noAttributes();
        }
        var thresholds = new LinkedHashMap<String, Double>();
        attributes.forEach((name, parameters) -> {
            var type = parameters.string("scoreType");
            if (type != null && !SUPPORTED_TYPES.contains(type)) {
                throw PerspectiveError.request("Requested score type is not supported");
            }
            var threshold = parameters.number("scoreThreshold");
            thresholds.put(name, threshold == null ? 0 : threshold);
        });
        return new AnalyzeRequest(
                text,
                thresholds,
                request.bool("spanAnnotations"),
                PerspectiveComment.languages(request),
                request.bool("dropUnsupportedAttributes"),
                request.string("clientToken"));
    }

    /** Prints no text. */
    @Override
    public String toString() {
        return "AnalyzeRequest[" + thresholds.size() + " attributes]";
    }
}
