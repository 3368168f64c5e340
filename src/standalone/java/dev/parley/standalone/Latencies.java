package dev.parley.standalone;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Times of answered requests, by rank. */
final class Latencies {

    private final List<Duration> sorted;

    Latencies(Collection<Duration> times) {
        this.sorted = times.stream().sorted().toList();
    }

    /** The smallest time that so many percent of the requests did not exceed; zero if there were none. */
    Duration percentile(int percent) {
        if (sorted.isEmpty()) {
            return Duration.ZERO;
        }
        int rank = Math.ceilDiv(sorted.size() * percent, 100);
        return sorted.get(Math.max(rank, 1) - 1);
    }
}
