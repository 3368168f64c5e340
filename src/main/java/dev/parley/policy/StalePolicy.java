package dev.parley.policy;

import dev.parley.platform.Problem;
import dev.parley.platform.ProblemType;
import java.util.Map;

/** The policy was changed by somebody else meanwhile. */
final class StalePolicy extends Problem {

    private final int present;

    StalePolicy(int seen, int present) {
        super(ProblemType.STALE_VERSION, "You saw version %d, it is now %d".formatted(seen, present));
        this.present = present;
    }

    @Override
    public Map<String, Object> members() {
        return Map.of("present", Map.of("version", present));
    }
}
