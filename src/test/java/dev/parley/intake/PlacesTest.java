package dev.parley.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.intake.Places.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who gets a place, and who does not, when one tenant or many want more than there are. */
class PlacesTest {

    private static final int ALL = 16;

    private final List<String> refused = new ArrayList<>();
    private final Places places = new Places(ALL, refused::add);

    @Test
    void one_tenant_has_half_of_them_and_is_told_to_come_again() {
        assertThat(take("flood", 100)).hasSize(ALL / 2);
        assertThat(refused).hasSize(100 - ALL / 2).containsOnly("flood");
        assertThatThrownBy(() -> places.take("flood"))
                .isInstanceOfSatisfying(
                        Crowded.class,
                        crowded -> {
                            assertThat(crowded.type().status()).isEqualTo(503);
                            assertThat(crowded.headers()).containsEntry("Retry-After", "1");
                        });
    }

    @Test
    void a_place_that_was_given_back_is_free_again() {
        var mine = take("a", ALL / 2);
        assertThat(take("a", 1)).isEmpty();
        mine.removeFirst().close();

        assertThat(take("a", 2)).hasSize(1);
    }

    @Test
    void who_has_none_gets_one_though_others_fill_all() {
        take("a", ALL);
        take("b", ALL);
        assertThat(take("a", 1)).isEmpty();

        assertThat(take("quiet", 1)).hasSize(1);
        assertThat(take("quiet", 1)).isEmpty();
    }

    @Test
    void there_is_an_end_to_it() {
        var got = IntStream.range(0, 10 * ALL).mapToObj(i -> take("t" + i, 1).size()).mapToInt(n -> n).sum();

        assertThat(got).isEqualTo(2 * ALL);
    }

    @Test
    void a_flood_that_had_half_goes_down_to_its_share_when_others_come() {
        var flood = take("flood", ALL);
        for (var other : List.of("a", "b", "c")) {
            take(other, 2);
        }
        // Each round gives one back and asks for it again at once.
        for (int i = 0; i < 3 * ALL; i++) {
            flood.removeFirst().close();
            flood.addAll(take("flood", 5));
        }

        assertThat(flood).hasSize(ALL / 4);
        assertThat(take("a", 10)).hasSize(2);
    }

    private Deque<Place> take(String tenant, int times) {
        Deque<Place> got = new ArrayDeque<>();
        for (int i = 0; i < times; i++) {
            try {
                got.add(places.take(tenant));
            } catch (Crowded e) {
                // counted
            }
        }
        return got;
    }
}
