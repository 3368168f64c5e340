package dev.parley.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** What moderators were given, gave back and decided, and what of it must not be. */
final class DeskLog {

    /**
     * An item as it was given to somebody.
     *
     * @param claim the same for as long as it stays theirs
     * @param expires by the clock of the program, which is this machine's
     */
    record Given(String member, UUID comment, UUID claim, Instant called, Instant expires) {}

    /** A claim that was given back. */
    record Released(UUID claim, Instant called) {}

    /** A decision and how it was answered. */
    record Decided(String member, UUID comment, String action, Instant called, Instant answered, int status) {}

    /**
     * From when on an item was somebody's, and until when for certain: it lapsed then, or they may have given it back
     * or decided by then.
     *
     * @param open whether it was neither given back nor decided by them before it lapsed
     */
    record Hold(String member, UUID comment, Instant from, Instant until, boolean open) {}

    private final Queue<Given> given = new ConcurrentLinkedQueue<>();
    private final Queue<Released> released = new ConcurrentLinkedQueue<>();
    private final Queue<Decided> decided = new ConcurrentLinkedQueue<>();

    void add(Given one) {
        given.add(one);
    }

    void add(Released one) {
        released.add(one);
    }

    void add(Decided one) {
        decided.add(one);
    }

    List<Given> given() {
        return List.copyOf(given);
    }

    /** Decisions that were answered so. */
    List<Decided> decided(int status) {
        return decided.stream().filter(one -> one.status() == status).toList();
    }

    /** Who had what when, in the order in which they got it. */
    List<Hold> holds(Duration lease) {
        Map<UUID, List<Given>> byClaim = given.stream().collect(Collectors.groupingBy(Given::claim));
        return byClaim.entrySet().stream()
                .map(entry -> hold(entry.getKey(), entry.getValue(), lease))
                .sorted(Comparator.comparing(Hold::from))
                .toList();
    }

    private Hold hold(UUID claim, List<Given> times, Duration lease) {
        var first = times.getFirst();
        var expires = times.stream().map(Given::expires).toList();
        var from = expires.stream().min(Comparator.naturalOrder()).orElseThrow().minus(lease);
        var ends = new ArrayList<Instant>();
        released.stream().filter(one -> one.claim().equals(claim)).map(Released::called).forEach(ends::add);
        decided(200).stream()
                .filter(one -> one.comment().equals(first.comment()) && one.member().equals(first.member()))
                .map(Decided::called)
                .filter(called -> called.isAfter(from))
                .forEach(ends::add);
        var lapses = expires.stream().max(Comparator.naturalOrder()).orElseThrow();
        var until = ends.stream().filter(lapses::isAfter).min(Comparator.naturalOrder());
        return new Hold(first.member(), first.comment(), from, until.orElse(lapses), until.isEmpty());
    }

    /** A line for whatever must not be. */
    List<String> faults(Duration lease) {
        var faults = new ArrayList<String>();
        var holds = new TreeMap<UUID, List<Hold>>();
        holds(lease).forEach(hold -> holds.computeIfAbsent(hold.comment(), _ -> new ArrayList<>()).add(hold));
        for (var of : holds.values()) {
            for (int i = 0; i < of.size(); i++) {
                for (var later : of.subList(i + 1, of.size())) {
                    if (!later.member().equals(of.get(i).member()) && later.from().isBefore(of.get(i).until())) {
                        faults.add("given to two at once: %s and %s".formatted(of.get(i), later));
                    }
                }
            }
        }
        var winners = new TreeMap<UUID, Decided>();
        for (var one : decided(200)) {
            var other = winners.put(one.comment(), one);
            if (other != null) {
                faults.add("decided twice: %s and %s".formatted(other, one));
            }
            for (var hold : holds.getOrDefault(one.comment(), List.of())) {
                if (!hold.member().equals(one.member())
                        && hold.from().isBefore(one.called())
                        && hold.until().isAfter(one.answered())) {
                    faults.add("decided while it was a colleague's: %s and %s".formatted(one, hold));
                }
            }
        }
        for (var one : given) {
            var winner = winners.get(one.comment());
            if (winner != null && winner.answered().isBefore(one.called())) {
                faults.add("given after it was decided: %s and %s".formatted(one, winner));
            }
        }
        return faults;
    }
}
