package dev.parley.delivery;

import dev.parley.platform.Problem;
import dev.parley.platform.ProblemType;
import java.time.Duration;
import java.util.Map;

/** As many live streams are open as may be. */
final class Busy extends Problem {

    private final Duration wait;

    Busy(Duration wait) {
        super(ProblemType.UNAVAILABLE, "As many live streams are open as may be; the thread itself can be read");
        this.wait = wait;
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("Retry-After", Long.toString(wait.toSeconds()));
    }
}
