package dev.parley.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RepeatsTest {

    private static final Duration SHORT = Duration.ofMillis(5);

    private final Repeats repeats = new Repeats(true, new Repeats.Round());

    @AfterEach
    void end() throws InterruptedException {
        repeats.end(new ShutdownEvent());
    }

    @Test
    void rounds_follow_each_other_also_after_one_that_failed() throws InterruptedException {
        var three = new CountDownLatch(3);
        repeats.every(
                SHORT,
                () -> {
                    three.countDown();
                    throw new IllegalStateException("planted");
                });

        repeats.begin(new StartupEvent());

        assertThat(three.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nothing_is_done_before_the_start_is_over_nor_where_it_is_switched_off() throws InterruptedException {
        var off = new Repeats(false, new Repeats.Round());
        var done = new AtomicInteger();
        off.every(SHORT, done::incrementAndGet);
        off.begin(new StartupEvent());
        repeats.every(SHORT, done::incrementAndGet);
        var others = new CountDownLatch(5);
        var running = new Repeats(true, new Repeats.Round());
        running.every(SHORT, others::countDown);
        running.begin(new StartupEvent());

        assertThat(others.await(20, TimeUnit.SECONDS)).isTrue();
        running.end(new ShutdownEvent());
        off.end(new ShutdownEvent());

        assertThat(done).hasValue(0);
    }

    @Test
    void a_round_that_takes_long_is_alone_and_is_awaited_at_the_end() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var others = new CountDownLatch(20);
        var goOn = new CountDownLatch(1);
        var rounds = new AtomicInteger();
        var over = new AtomicBoolean();
        repeats.every(
                SHORT,
                () -> {
                    rounds.incrementAndGet();
                    begun.countDown();
                    try {
                        over.set(goOn.await(20, TimeUnit.SECONDS));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        repeats.every(SHORT, others::countDown);
        repeats.begin(new StartupEvent());
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(others.await(20, TimeUnit.SECONDS)).as("others go on").isTrue();

        assertThat(rounds).hasValue(1);
        var end =
                Thread.startVirtualThread(() -> {
                    try {
                        repeats.end(new ShutdownEvent());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        assertThat(over).isFalse();
        goOn.countDown();
        end.join(20_000);

        assertThat(over).isTrue();
    }
}
