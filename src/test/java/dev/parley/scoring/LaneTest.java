package dev.parley.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(30);

    private final Lane lane = new Lane("lane-test", 2, Thread.NORM_PRIORITY);
    private final CountDownLatch end = new CountDownLatch(1);

    /** Takes no notice of interrupts, as a loop that computes. */
    private final Callable<String> deaf =
            () -> {
                while (true) {
                    try {
                        end.await();
                        return "late";
                    } catch (InterruptedException e) {
                        // Goes on.
                    }
                }
            };

    @AfterEach
    void end() {
        end.countDown();
        lane.close();
    }

    @Test
    void work_in_time_is_answered_and_its_failures_are_its_own() throws Exception {
        assertThat(lane.call(() -> "done", LONG)).isEqualTo("done");
        assertThatThrownBy(() ->
                        lane.call(
                                () -> {
                                    throw new IllegalStateException("broken");
                                },
                                LONG))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        lane.call(
                                () -> {
                                    throw new StackOverflowError();
                                },
                                LONG))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(StackOverflowError.class);
        assertThat(lane.late()).isZero();
    }

    @Test
    void late_work_that_heeds_interrupts_gives_its_thread_back() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() ->
                            lane.call(
                                    () -> {
                                        new CountDownLatch(1).await();
                                        return "never";
                                    },
                                    SHORT))
                    .isInstanceOf(TimeoutException.class);
        }

        assertThat(lane.call(() -> "done", LONG)).isEqualTo("done");
    }

    @Test
    void threads_that_never_come_back_are_counted_and_cost_no_more_than_the_lane_has() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> lane.call(deaf, SHORT)).isInstanceOf(TimeoutException.class);
        }
        assertThat(lane.late()).isEqualTo(2);

        for (int i = 0; i < 1_200; i++) { // at once: nobody is left to wait for
            assertThatThrownBy(() -> lane.call(() -> "done", LONG)).isInstanceOf(RejectedExecutionException.class);
        }
        assertThat(lane.late()).isEqualTo(2);
        assertThat(threads()).isEqualTo(2);

        end.countDown();
        var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (lane.late() > 0 && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(lane.late()).as("threads that came back").isZero();
        assertThat(lane.call(() -> "done", LONG)).isEqualTo("done");
    }

    @Test
    void what_gave_up_while_it_waited_does_not_stay_in_the_queue() throws Exception {
        assertThatThrownBy(() -> lane.call(deaf, SHORT)).isInstanceOf(TimeoutException.class);
        var begun = new CountDownLatch(1);
        var busy = new CountDownLatch(1);
        var other =
                Thread.ofVirtual()
                        .start(() ->
                                assertThatCode(() ->
                                                lane.call(
                                                        () -> {
                                                            begun.countDown();
                                                            return busy.await(20, TimeUnit.SECONDS);
                                                        },
                                                        LONG))
                                        .doesNotThrowAnyException());
        begun.await();

        for (int i = 0; i < 1_200; i++) { // more than the queue holds
            assertThatThrownBy(() -> lane.call(() -> "done", Duration.ofNanos(1))).isInstanceOf(TimeoutException.class);
        }

        busy.countDown();
        other.join();
        assertThat(lane.call(() -> "done", LONG)).isEqualTo("done");
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("lane-test")).count();
    }
}
