package dev.parley.platform;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * What is done again and again, by the machine's timer. Quarkus' own scheduler compares times of day: where the
 * machine's clock is set back by an hour, nothing would be done for an hour.
 */
@Singleton
public class Repeats {

    private static final Logger LOG = Logger.getLogger(Repeats.class);

    /** After all else that begins at a start. */
    private static final int LAST = 10_000;

    private static final Duration END_LIMIT = Duration.ofSeconds(5);

    private record Repeat(Duration pause, Duration first, Runnable round) {}

    private final boolean enabled;
    private final Round round;
    private final List<Repeat> repeats = new ArrayList<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("parley-repeats").factory());
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("parley-repeat-", 0).factory());

    /**
     * @param enabled false in tests, which do one round at a time
     */
    Repeats(@ConfigProperty(name = "parley.repeats.enabled", defaultValue = "true") boolean enabled, Round round) {
        this.enabled = enabled;
        this.round = round;
    }

    /**
     * Does it from the end of the start on, on a virtual thread. A round that is due while the one before is not over
     * is left out.
     */
    public void every(Duration pause, Runnable what) {
        every(pause, Duration.ZERO, what);
    }

    /**
     * As {@link #every(Duration, Runnable)}.
     *
     * @param first how long after the start
     */
    public void every(Duration pause, Duration first, Runnable what) {
        repeats.add(new Repeat(pause, first, what));
    }

    void begin(@Observes @Priority(LAST) StartupEvent start) {
        if (enabled) {
            repeats.forEach(this::begin);
        }
    }

    private void begin(Repeat repeat) {
        var running = new AtomicBoolean();
        timer.scheduleAtFixedRate(
                () -> {
                    if (running.compareAndSet(false, true)) {
                        threads.execute(() -> {
                            try {
                                round.run(repeat.round());
                            } catch (RuntimeException e) {
                                LOG.error("A round failed", e);
                            } finally {
                                running.set(false);
                            }
                        });
                    }
                },
                repeat.first().toMillis(),
                repeat.pause().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Lets those that run come to their end. */
    void end(@Observes ShutdownEvent end) throws InterruptedException {
        timer.shutdownNow();
        threads.shutdown();
        if (!threads.awaitTermination(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Rounds that take long are cut off by the end");
        }
    }

    /** A bean of its own, so that each round has a request context. */
    @Singleton
    static class Round {

        @ActivateRequestContext
        void run(Runnable what) {
            what.run();
        }
    }
}
