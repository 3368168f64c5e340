package dev.parley.scoring;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few platform threads for work that may never come back. Virtual threads would not do: one that computes keeps its
 * carrier, and as many as there are processors would stop every request.
 *
 * <p>Who calls waits no longer than the deadline, the time in the queue included. Work that is late is interrupted; the
 * thread of work that takes no notice is lost until it returns, and no other is made for it. Once all are lost, calls
 * fail at once.
 */
final class Lane {

    /** Enough for a burst that a deadline can work off; more would only wait to fail. */
    private static final int QUEUE = 1_000;

    private final int size;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger late = new AtomicInteger();

    /**
     * @param name of its threads
     * @param priority of {@link Thread}; a hint, which few systems take
     */
    Lane(String name, int size, int priority) {
        this.size = size;
        var number = new AtomicInteger();
        threads =
                new ThreadPoolExecutor(
                        size,
                        size,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(QUEUE),
                        work -> {
                            var thread = new Thread(work, name + "-" + number.incrementAndGet());
                            thread.setDaemon(true);
                            thread.setPriority(priority);
                            return thread;
                        });
    }

    /**
     * Does the work on one of the lane's threads.
     *
     * @throws TimeoutException if it was not done in time
     * @throws RejectedExecutionException if too much is waiting, or no thread is left to wait for
     * @throws Exception what the work threw; errors come as the cause of an {@link ExecutionException}
     */
    <T> T call(Callable<T> work, Duration deadline) throws Exception {
        if (late.get() >= size) {
            throw new RejectedExecutionException("All threads are lost");
        }
        var task = new Task<>(work);
        threads.execute(task);
        try {
            return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception thrown ? thrown : e;
        } catch (TimeoutException | InterruptedException e) {
            threads.remove(task);
            task.isLate();
            task.cancel(true);
            throw e;
        }
    }

    /** How many threads are busy with work that nobody waits for any more. */
    int late() {
        return late.get();
    }

    /** Ends the threads that can be ended. */
    void close() {
        threads.shutdownNow();
    }

    /** Work that knows whether somebody gave up on it while it ran. */
    private final class Task<T> extends FutureTask<T> {
        private boolean running;
        private boolean counted;

        Task(Callable<T> work) {
            super(work);
        }

        @Override
        public void run() {
            running(true);
            try {
                super.run();
            } finally {
                running(false);
            }
        }

        private synchronized void running(boolean now) {
            running = now;
            if (!now && counted) {
                late.decrementAndGet();
            }
        }

        synchronized void isLate() {
            if (running) {
                counted = true;
                late.incrementAndGet();
            }
        }
    }
}
