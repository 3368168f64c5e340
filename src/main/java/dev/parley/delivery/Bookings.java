package dev.parley.delivery;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Lets so many in at once and has the others wait: next comes the tenant that holds the fewest places, of several the
 * one whose last turn is longest ago, and of its own whoever came first. No tenant holds all places, so that nobody
 * waits for one that has much to book.
 */
final class Bookings {

    private final int places;
    private final Map<String, Integer> taken = new HashMap<>();

    /** Whoever waits, by tenant; the tenant whose turn is next comes first. */
    private final Map<String, Queue<CompletableFuture<Void>>> waiting = new LinkedHashMap<>();

    private int total;

    /**
     * @param places two or more
     */
    Bookings(int places) {
        this.places = places;
    }

    /** Does the work once there is a place. */
    <T> T book(String tenant, Supplier<T> work) {
        enter(tenant).join();
        try {
            return work.get();
        } finally {
            leave(tenant);
        }
    }

    /** Asks for a place; there is one once what is returned is done. Then it must be left. */
    synchronized CompletableFuture<Void> enter(String tenant) {
        var ticket = new CompletableFuture<Void>();
        waiting.computeIfAbsent(tenant, _ -> new ArrayDeque<>()).add(ticket);
        admit();
        return ticket;
    }

    synchronized void leave(String tenant) {
        taken.computeIfPresent(tenant, (_, own) -> own == 1 ? null : own - 1);
        total--;
        admit();
    }

    private void admit() {
        while (total < places) {
            var next =
                    waiting.keySet().stream()
                            .filter(tenant -> held(tenant) < places - 1)
                            .min(Comparator.comparing(this::held))
                            .orElse(null);
            if (next == null) {
                return;
            }
            // Behind all others, if more of its wait.
            var own = Objects.requireNonNull(waiting.remove(next));
            var ticket = own.remove();
            if (!own.isEmpty()) {
                waiting.put(next, own);
            }
            taken.merge(next, 1, Integer::sum);
            total++;
            ticket.complete(null);
        }
    }

    private int held(String tenant) {
        return taken.getOrDefault(tenant, 0);
    }
}
