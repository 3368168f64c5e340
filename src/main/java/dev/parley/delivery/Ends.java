package dev.parley.delivery;

import dev.parley.delivery.DeliveryRepository.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What became of the calls of a batch, written down by one of them at a time. All that were taken while others were
 * written go together: a backlog that is drained needs few transactions and one connection to the database for that.
 */
final class Ends {

    private final Consumer<List<End>> writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final Queue<End> waiting = new ConcurrentLinkedQueue<>();

    /**
     * @param writer is given one that failed, or one or more that were taken, in the order in which they came
     */
    Ends(Consumer<List<End>> writer) {
        this.writer = writer;
    }

    /**
     * Returns once it is written, by whomever.
     *
     * @throws RuntimeException what the writer threw, if it was called from here; the others it was given have returned
     *     as if they were written, which their claims, that lapse, put right
     */
    void add(End end) {
        waiting.add(end);
        writing.lock();
        try {
            while (waiting.contains(end)) {
                writer.accept(next());
            }
        } finally {
            writing.unlock();
        }
    }

    /** How many are not being written yet. */
    int waiting() {
        return waiting.size();
    }

    private List<End> next() {
        var next = new ArrayList<End>();
        do {
            next.add(waiting.remove());
        } while (next.getLast().isTaken() && !waiting.isEmpty() && waiting.element().isTaken());
        return next;
    }
}
