package dev.parley.platform;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The request names fields that are missing or not valid. Names each field, never its value. */
public final class InvalidInput extends Problem {

    /** One field that was refused, and why, in words for the person who filled it in. */
    public record Violation(String field, String detail) {}

    private final List<Violation> violations;

    public InvalidInput(List<Violation> violations) {
        super(
                ProblemType.INVALID_INPUT,
                violations.stream().map(v -> v.field() + " " + v.detail()).collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    public InvalidInput(String field, String detail) {
        this(List.of(new Violation(field, detail)));
    }

    public List<Violation> violations() {
        return violations;
    }

    @Override
    public Map<String, Object> members() {
        return Map.of("errors", violations);
    }
}
