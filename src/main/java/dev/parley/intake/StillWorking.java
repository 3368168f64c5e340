package dev.parley.intake;

import dev.parley.platform.Problem;
import dev.parley.platform.ProblemType;
import java.util.Map;

/** The same key is being worked on by another request. */
final class StillWorking extends Problem {

    StillWorking() {
        super(ProblemType.STILL_WORKING, "Send it again in a second to get the answer");
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("Retry-After", "1");
    }
}
