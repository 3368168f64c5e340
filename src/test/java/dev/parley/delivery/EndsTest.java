package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.DeliveryRepository.Claimed;
import dev.parley.delivery.DeliveryRepository.End;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is written together. */
class EndsTest {

    private final CountDownLatch slow = new CountDownLatch(1);
    private final List<List<End>> written = new CopyOnWriteArrayList<>();
    private final Ends ends = new Ends(this::write);

    private void write(List<End> some) {
        written.add(some);
        try {
            slow.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static End end(int status) {
        return new End(new Claimed(UUID.randomUUID(), "", 1), Dialler.Outcome.answered(status));
    }

    @Test
    void what_was_taken_while_others_were_written_goes_together_and_what_failed_alone() throws InterruptedException {
        var all = List.of(end(204), end(200), end(204), end(500), end(503), end(204), end(201));
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < all.size(); i++) {
            var one = all.get(i);
            threads.add(Thread.ofVirtual().start(() -> ends.add(one)));
            int came = i;
            Hooks.until("it waits", () -> written.size() == 1 && ends.waiting() == came);
        }
        slow.countDown();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(written)
                .containsExactly(
                        all.subList(0, 1), all.subList(1, 3), all.subList(3, 4), all.subList(4, 5), all.subList(5, 7));
    }
}
