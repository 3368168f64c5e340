package dev.parley.platform;

import java.time.Duration;
import java.util.Map;

/** A rate limit was reached. Says when to try again, not which limit it was. */
public final class TooManyRequests extends Problem {

    private final Duration wait;

    public TooManyRequests(Duration wait) {
        super(ProblemType.TOO_MANY_REQUESTS, "Please wait a moment and send it again; nothing was stored");
        this.wait = wait;
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
    }
}
