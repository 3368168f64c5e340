package dev.parley.scoring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** How long scoring takes and what comes of it, as metrics. Knows no tenant: one scorer serves all. */
@ApplicationScoped
class ScoringMeters {

    /** Who waits for a score. */
    enum Purpose {
        /** A reader, or a program. */
        ANSWER,
        BACKGROUND
    }

    /** What came of a try. */
    enum Result {
        SCORED,
        FAILED,
        /** Not within the deadline. */
        LATE,
        /** Not tried, since the breaker is open. */
        SUSPENDED
    }

    /** From a calm machine's tenths of a millisecond to the background's deadline. */
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final MeterRegistry registry;

    ScoringMeters(MeterRegistry registry) {
        this.registry = registry;
        for (var purpose : Purpose.values()) {
            for (var result : Result.values()) {
                timer(purpose, result); // so that a rate can be told from the first one on
            }
        }
    }

    /** Shows how the scorers stand, from now on. */
    void watch(GuardedScorers scorers) {
        Gauge.builder("parley.scoring.suspended", scorers, s -> s.works() ? 0 : 1)
                .description("1 while the breaker is open and comments are held without a score")
                .register(registry);
        Gauge.builder("parley.scoring.late.threads", scorers, GuardedScorers::lateThreads)
                .description("Threads that have not come back from a score")
                .register(registry);
    }

    /** Counts one try that began at this {@link System#nanoTime}. */
    void count(Purpose purpose, Result result, long began) {
        timer(purpose, result).record(Duration.ofNanos(System.nanoTime() - began));
    }

    private Timer timer(Purpose purpose, Result result) {
        return Timer.builder("parley.scoring")
                .description("Scores of texts, the time in the queue included")
                .tag("purpose", purpose.name())
                .tag("result", result.name())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
