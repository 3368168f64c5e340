package dev.parley.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Calls that start at the same moment, each on a thread of its own. */
public final class AtOnce {

    private AtOnce() {}

    /** What the calls returned, in their order. */
    public static <T> List<T> all(List<Callable<T>> calls) throws Exception {
        var start = new CyclicBarrier(calls.size());
        List<T> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            for (var call : calls) {
                running.add(
                        threads.submit(() -> {
                            start.await(10, TimeUnit.SECONDS);
                            return call.call();
                        }));
            }
            for (var one : running) {
                answers.add(one.get());
            }
        }
        return answers;
    }

    /** What the same call returned, many times at once. */
    public static <T> List<T> times(int many, Callable<T> call) throws Exception {
        return all(Collections.nCopies(many, call));
    }
}
