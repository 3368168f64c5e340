package dev.parley.platform;

import java.util.Map;

/**
 * An error with a meaning to the caller. Leaves as {@code application/problem+json}.
 *
 * <p>The detail is for the caller: no class name, no SQL, no comment text, and never the value that was refused.
 */
public abstract class Problem extends RuntimeException {

    private final ProblemType type;

    protected Problem(ProblemType type, String detail) {
        super(detail, null, false, false); // expected outcomes: no stack trace
        this.type = type;
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    /** Members beside the standard ones, such as the present state of what was changed meanwhile. */
    public Map<String, Object> members() {
        return Map.of();
    }

    /** Headers of the answer, such as {@code Retry-After}. */
    public Map<String, String> headers() {
        return Map.of();
    }
}
