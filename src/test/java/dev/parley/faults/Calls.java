package dev.parley.faults;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntPredicate;

/** Calls and how they were answered. */
final class Calls {

    /**
     * One call.
     *
     * @param status 0 if no answer came
     * @param retryAfter whether the answer said when to come again
     */
    record Call(Instant called, Duration took, int status, boolean retryAfter) {}

    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

    /** Sends and notes it; never throws because of the answer or its absence. */
    Call send(HttpClient http, HttpRequest request) throws InterruptedException {
        var called = Instant.now();
        long began = System.nanoTime();
        int status = 0;
        boolean retryAfter = false;
        try {
            var answer = http.send(request, BodyHandlers.discarding());
            status = answer.statusCode();
            retryAfter = answer.headers().firstValue("Retry-After").isPresent();
        } catch (IOException e) {
            // status 0
        }
        var call = new Call(called, Duration.ofNanos(System.nanoTime() - began), status, retryAfter);
        calls.add(call);
        return call;
    }

    List<Call> all() {
        return List.copyOf(calls);
    }

    /** Those that began from one moment until before another. */
    List<Call> between(Instant from, Instant to) {
        return calls.stream().filter(call -> !call.called().isBefore(from) && call.called().isBefore(to)).toList();
    }

    /** The time within which this share of the calls was answered; zero if there are none. */
    static Duration within(Collection<Call> calls, double share) {
        var sorted = calls.stream().map(Call::took).sorted().toList();
        return sorted.isEmpty()
                ? Duration.ZERO
                : sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1));
    }

    static Duration longest(Collection<Call> calls) {
        return within(calls, 1);
    }

    /** Share of the calls with such a status, 0 to 1. */
    static double share(Collection<Call> calls, IntPredicate status) {
        return calls.isEmpty()
                ? 0
                : (double) calls.stream().filter(call -> status.test(call.status())).count() / calls.size();
    }
}
