package dev.parley.intake;

import dev.parley.platform.Problem;
import dev.parley.platform.ProblemType;
import java.util.Map;

/** More is being sent than can be worked on. */
final class Crowded extends Problem {

    Crowded() {
        super(ProblemType.UNAVAILABLE, "Too much is being sent just now; nothing was stored, please send it again");
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("Retry-After", "1");
    }
}
