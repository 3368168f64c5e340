package dev.parley.interop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An error in the form in which Perspective tells it: {@code {"error": {"code", "message", "status", "details"}}}.
 * Messages and types are those that its clients look for. No message repeats a value that was sent.
 */
final class PerspectiveError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String INVALID = "INVALID_ARGUMENT";
    private static final String TYPE = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error";
    private static final String INFO = "type.googleapis.com/google.rpc.ErrorInfo";
    private static final String SERVICE = "commentanalyzer.googleapis.com";

    private final int code;
    private final String status;
    private final transient List<Map<String, Object>> details;

    private PerspectiveError(int code, String status, String message, List<Map<String, Object>> details) {
        super(message, null, false, false); // expected outcomes: no stack trace
        this.code = code;
        this.status = status;
        this.details = details;
    }

    static PerspectiveError keyMissing() {
        return new PerspectiveError(
                403,
                "PERMISSION_DENIED",
                "Method doesn't allow unregistered callers (callers without established identity). Please use API Key"
                        + " or other form of API consumer identity to call this API.",
                List.of());
    }

    static PerspectiveError keyInvalid() {
        return new PerspectiveError(
                400,
                INVALID,
                "API key not valid. Please pass a valid API key.",
                List.of(
                        map(
                                "@type",
                                INFO,
                                "reason",
                                "API_KEY_INVALID",
                                "domain",
                                "googleapis.com",
                                "metadata",
                                Map.of("service", SERVICE))));
    }

    static PerspectiveError quotaExhausted(String seconds) {
        return new PerspectiveError(
                429,
                "RESOURCE_EXHAUSTED",
                "Quota exceeded for quota metric 'Analysis requests' and limit 'Analysis requests per minute'.",
                List.of(
                        map("@type", INFO, "reason", "RATE_LIMIT_EXCEEDED", "domain", "googleapis.com"),
                        map("@type", "type.googleapis.com/google.rpc.RetryInfo", "retryDelay", seconds + "s")));
    }

    static PerspectiveError labelsFull() {
        return new PerspectiveError(
                429, "RESOURCE_EXHAUSTED", "There are too many suggested scores; export and delete some.", List.of());
    }

    static PerspectiveError unavailable() {
        return new PerspectiveError(503, "UNAVAILABLE", "The service is currently unavailable.", List.of());
    }

    /** The payload is no JSON, or not what the method takes. */
    static PerspectiveError payload(String description) {
        var text = "Invalid JSON payload received. " + description;
        return new PerspectiveError(
                400,
                INVALID,
                text,
                List.of(
                        map(
                                "@type",
                                "type.googleapis.com/google.rpc.BadRequest",
                                "fieldViolations",
                                List.of(Map.of("description", text)))));
    }

    static PerspectiveError empty() {
        return typed("COMMENT_EMPTY", "Comment must be non-empty.");
    }

    static PerspectiveError tooLong() {
        return typed("COMMENT_TOO_LONG", "Comment text too long.");
    }

    static PerspectiveError noAttributes() {
        return typed("NO_REQUESTED_ATTRIBUTES", "Missing requested_attributes");
    }

    static PerspectiveError languageNotDetected() {
        return typed("LANGUAGE_DETECTION_FAILED", "Unable to detect language");
    }

    /** Any other request that this method does not take. */
    static PerspectiveError request(String message) {
        return typed("INVALID_REQUEST", message);
    }

    /**
     * @param attribute as the client named it
     * @param kind {@code requestedLanguages} or {@code detectedLanguages}: where the languages are from
     */
    static PerspectiveError languageNotSupported(String attribute, String kind, List<String> languages) {
        return new PerspectiveError(
                400,
                INVALID,
                "Attribute " + attribute + " does not support request languages: " + String.join(", ", languages),
                List.of(
                        map(
                                "@type",
                                TYPE,
                                "errorType",
                                "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
                                "languageNotSupportedByAttributeError",
                                map(kind, languages, "attribute", attribute))));
    }

    private static PerspectiveError typed(String errorType, String message) {
        return new PerspectiveError(400, INVALID, message, List.of(map("@type", TYPE, "errorType", errorType)));
    }

    int code() {
        return code;
    }

    Map<String, Object> body() {
        return body(code, String.valueOf(getMessage()), status, details);
    }

    /** The document of an error of which only the HTTP status is known. */
    static Map<String, Object> body(int code, String message) {
        var status =
                switch (code) {
                    case 400, 413, 415 -> INVALID;
                    case 401 -> "UNAUTHENTICATED";
                    case 403 -> "PERMISSION_DENIED";
                    case 404 -> "NOT_FOUND";
                    case 429 -> "RESOURCE_EXHAUSTED";
                    case 405, 501 -> "UNIMPLEMENTED";
                    case 503 -> "UNAVAILABLE";
                    default -> code >= 500 ? "INTERNAL" : INVALID;
                };
        return body(code, message, status, List.of());
    }

    private static Map<String, Object> body(
            int code, String message, String status, List<Map<String, Object>> details) {
        var error = map("code", code, "message", message, "status", status);
        if (!details.isEmpty()) {
            error.put("details", details);
        }
        return Map.of("error", error);
    }

    /** In this order, which people read more easily. */
    private static Map<String, Object> map(Object... entries) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }
}
