package dev.parley.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-27T10:15:30.123456789Z",
                "2038-01-19T03:14:07.999Z",
                "2038-01-19T03:14:08Z",
                "2106-02-07T06:28:16.5Z"
            })
    void an_id_says_when_it_was_made_and_is_of_version_seven(String moment) {
        var now = Instant.parse(moment);

        var id = Ids.next(InstantSource.fixed(now), new AtomicLong());

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(now.toEpochMilli());
    }

    @Test
    void a_later_id_is_greater_also_when_the_clock_goes_back_an_hour() {
        var last = new AtomicLong();
        var now = Instant.parse("2026-11-27T10:15:30Z");
        var ids = new ArrayList<String>();

        for (int i = 0; i < 10_000; i++) {
            var then = i < 5_000 ? now.plusNanos(i * 100L) : now.minusSeconds(3_600);
            ids.add(Ids.next(InstantSource.fixed(then), last).toString());
        }

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void many_who_make_ids_at_once_get_each_their_own() throws Exception {
        var work = new ArrayList<Callable<ArrayList<UUID>>>();
        for (int i = 0; i < 8; i++) {
            work.add(() -> {
                var own = new ArrayList<UUID>();
                for (int j = 0; j < 2_000; j++) {
                    own.add(Ids.next());
                }
                return own;
            });
        }
        var places = new HashSet<Long>();

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var own : threads.invokeAll(work)) {
                own.get().forEach(id -> places.add(id.getMostSignificantBits()));
            }
        }

        assertThat(places).hasSize(16_000);
    }
}
