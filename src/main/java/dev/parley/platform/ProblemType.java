package dev.parley.platform;

/** The kinds of errors that leave Parley: the type is the contract, listed in {@code docs/api.md}. */
public enum ProblemType {
    INVALID_INPUT(400, "Something in the request is not valid"),
    MALFORMED_REQUEST(400, "The request could not be read"),
    NOT_SIGNED_IN(401, "Sign in first"),
    ORIGIN_NOT_ALLOWED(403, "Comments can't be sent from this page"),
    NOT_ENTITLED(403, "Your role does not allow this"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "This address does not do that"),
    NOT_ACCEPTABLE(406, "There is no such representation"),
    STALE_VERSION(409, "Someone else changed this first"),
    CLAIMED(409, "A colleague is working on this"),
    CONFLICT(409, "This does not fit the present state"),
    STILL_WORKING(409, "The same request is still being worked on"),
    TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "This kind of content is not accepted"),
    RECONSIDER(422, "Others may read this as hostile"),
    KEY_USED_DIFFERENTLY(422, "This Idempotency-Key was used for another request"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    INTERNAL_ERROR(500, "Something went wrong"),
    NOT_IMPLEMENTED(501, "This is not offered"),
    UNAVAILABLE(503, "Not available for the moment");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The {@code type} member of the problem document, such as {@code /problems/stale-version}. */
    public String uri() {
        return "/problems/" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The type that stands for a bare HTTP status; unknown 4xx become {@link #MALFORMED_REQUEST}. */
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> NOT_SIGNED_IN;
            case 403 -> NOT_ENTITLED;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 409 -> CONFLICT;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 429 -> TOO_MANY_REQUESTS;
            case 503 -> UNAVAILABLE;
            default -> status >= 500 ? INTERNAL_ERROR : MALFORMED_REQUEST;
        };
    }
}
