package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void each_pause_is_three_times_the_one_before_up_to_an_hour() {
        assertThat(IntStream.rangeClosed(1, 8).mapToObj(n -> Backoff.after(n, 1).toSeconds()))
                .containsExactly(10L, 30L, 90L, 270L, 810L, 2430L, 3600L, 3600L);
        assertThat(Backoff.after(1_000, 1)).isEqualTo(Backoff.MOST);
    }

    @Test
    void chance_takes_off_up_to_half() {
        assertThat(Backoff.after(1, 0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(Backoff.after(2, 0.5)).isEqualTo(Duration.ofMillis(22_500));
        assertThat(Backoff.after(20, 0)).isEqualTo(Duration.ofMinutes(30));
    }
}
