package dev.parley.testing;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What writers did and were told: every attempt, also those without an answer. */
public final class History {

    /** How an attempt ended for its writer. */
    public enum Outcome {
        OK,
        REFUSED,
        /** No answer, or one that says to ask again: it may or may not have happened. */
        UNKNOWN
    }

    /** What was asked for. */
    public enum Kind {
        POST,
        WITHDRAW
    }

    /**
     * One call.
     *
     * @param key of the post; a withdrawal bears the key of the post it takes back
     * @param digest of the body
     * @param status as the answer says; empty unless a post was answered with 201
     */
    public record Attempt(
            String key,
            Kind kind,
            String digest,
            Instant called,
            Instant answered,
            Outcome outcome,
            int http,
            Optional<UUID> id,
            Optional<String> status) {}

    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();

    public void add(Attempt attempt) {
        attempts.add(attempt);
    }

    public Collection<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** Answered posts by key: the answer that counts is the last, and all of a key must agree. */
    public Map<String, Attempt> posts(Outcome outcome) {
        return last(Kind.POST, outcome);
    }

    /** Answered withdrawals by the key of the post. */
    public Map<String, Attempt> withdrawals(Outcome outcome) {
        return last(Kind.WITHDRAW, outcome);
    }

    /** How many calls ended so. */
    public long count(Outcome outcome) {
        return attempts.stream().filter(attempt -> attempt.outcome() == outcome).count();
    }

    /** How many posts and withdrawals were unknown at some time, however often they were repeated. */
    public long everUnknown() {
        return attempts.stream()
                .filter(attempt -> attempt.outcome() == Outcome.UNKNOWN)
                .map(attempt -> attempt.kind() + attempt.key())
                .distinct()
                .count();
    }

    private Map<String, Attempt> last(Kind kind, Outcome outcome) {
        var byKey = new LinkedHashMap<String, Attempt>();
        attempts.stream()
                .filter(attempt -> attempt.kind() == kind)
                .forEach(attempt -> byKey.put(attempt.key(), attempt));
        var wanted = new TreeMap<String, Attempt>();
        byKey.forEach((key, attempt) -> {
            if (attempt.outcome() == outcome) {
                wanted.put(key, attempt);
            }
        });
        return wanted;
    }
}
