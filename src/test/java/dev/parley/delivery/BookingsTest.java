package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who is let in next. */
class BookingsTest {

    private final Bookings bookings = new Bookings(4);

    private List<CompletableFuture<Void>> enter(String tenant, int times) {
        return IntStream.range(0, times).mapToObj(_ -> bookings.enter(tenant)).toList();
    }

    private static long in(List<CompletableFuture<Void>> tickets) {
        return tickets.stream().filter(CompletableFuture::isDone).count();
    }

    @Test
    void a_tenant_that_has_much_to_book_leaves_a_place_to_others() {
        var backlog = enter("gazette", 50);
        assertThat(in(backlog)).isEqualTo(3);

        assertThat(bookings.enter("herald")).isDone();
    }

    @Test
    void who_holds_the_fewest_places_comes_next_however_many_wait_before() {
        var backlog = enter("gazette", 50);
        var first = bookings.enter("herald");
        var second = bookings.enter("herald");
        var third = bookings.enter("courier");
        assertThat(Stream.of(first, second, third).map(CompletableFuture::isDone)).containsExactly(true, false, false);

        bookings.leave("gazette");
        assertThat(third).as("of one that holds none").isDone();
        assertThat(second).isNotDone();

        // Now both hold one: in turn, and that of gazette is longer ago.
        bookings.leave("gazette");
        assertThat(in(backlog)).isEqualTo(4);
        assertThat(second).isNotDone();

        bookings.leave("gazette");
        assertThat(second).isDone();
        assertThat(in(backlog)).isEqualTo(4);
    }

    @Test
    void of_one_tenant_whoever_came_first_comes_next() {
        var all = enter("gazette", 5);
        bookings.leave("gazette");

        assertThat(all.stream().map(CompletableFuture::isDone)).containsExactly(true, true, true, true, false);
    }

    @Test
    void a_place_is_left_also_by_work_that_fails() {
        for (int i = 0; i < 10; i++) {
            assertThrows(
                    IllegalStateException.class,
                    () ->
                            bookings.book(
                                    "gazette",
                                    () -> {
                                        throw new IllegalStateException();
                                    }));
        }
        assertThat(bookings.<Integer>book("gazette", () -> 1)).isEqualTo(1);
    }
}
