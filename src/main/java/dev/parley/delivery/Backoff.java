package dev.parley.delivery;

import java.time.Duration;

/** How long to wait after failures: from ten seconds, three times as long each time, to an hour, with jitter. */
final class Backoff {

    static final Duration MOST = Duration.ofHours(1);
    private static final Duration FIRST = Duration.ofSeconds(10);

    private Backoff() {}

    /**
     * @param failures 1 for the first
     * @param chance 0 to 1: where between half of the time and all of it, so that those who failed together don't come
     *     back together
     */
    static Duration after(int failures, double chance) {
        double whole = FIRST.toMillis() * Math.pow(3, Math.max(0, failures - 1));
        double most = Math.min(whole, MOST.toMillis());
        return Duration.ofMillis(Math.round(most * (0.5 + chance / 2)));
    }
}
