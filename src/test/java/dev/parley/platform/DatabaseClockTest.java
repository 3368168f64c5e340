package dev.parley.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseClockTest {

    private static final Instant TRUE = Instant.parse("2026-11-27T10:15:30Z");

    private Instant machine = TRUE;
    private long timer = -5_000;
    private final DatabaseClock clock = new DatabaseClock(() -> machine, () -> timer);

    @BeforeEach
    void the_database_was_asked() {
        assertThat(clock.instant()).as("before").isEqualTo(TRUE);
        assertThat(clock.read(TRUE.plusMillis(300), timer, timer)).isEqualTo(Duration.ofMillis(-300));
    }

    @Test
    void the_machines_clock_is_used_while_it_is_the_databases() {
        pass(Duration.ofSeconds(7));

        assertThat(clock.instant()).isEqualTo(machine);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600, -300, -2, 2, 300})
    void a_machines_clock_that_jumps_is_not_believed_from_that_moment_on(long seconds) {
        pass(Duration.ofSeconds(7));
        machine = machine.plusSeconds(seconds);
        pass(Duration.ofSeconds(2));

        assertThat(clock.instant()).isEqualTo(TRUE.plusMillis(9_300));
        assertThat(clock.read(TRUE.plusMillis(9_300), timer, timer))
                .isEqualTo(Duration.ofSeconds(seconds).minusMillis(300));

        machine = machine.minusSeconds(seconds);
        assertThat(clock.instant()).as("set right").isEqualTo(machine);
    }

    @Test
    void a_machines_clock_that_is_kept_by_small_steps_is_used_as_long_as_the_database_goes_with_it() {
        for (int i = 0; i < 100; i++) {
            machine = machine.plusMillis(200);
            pass(Duration.ofSeconds(10));
            clock.read(machine, timer, timer);
            assertThat(clock.instant()).isEqualTo(machine);
        }
    }

    @Test
    void a_reading_counts_for_the_middle_of_the_time_it_took_and_not_at_all_if_that_was_long() {
        machine = machine.plusSeconds(60);
        long asked = timer;
        pass(Duration.ofMillis(800));

        clock.read(TRUE.plusSeconds(5), asked, timer);
        assertThat(clock.instant()).isEqualTo(TRUE.plusMillis(5_400));

        asked = timer;
        pass(Duration.ofMillis(1_001));
        clock.read(TRUE.plusSeconds(50), asked, timer);
        assertThat(clock.instant()).isEqualTo(TRUE.plusMillis(6_401));
    }

    /** Of the machine's clock and its timer. */
    private void pass(Duration time) {
        machine = machine.plus(time);
        timer += time.toNanos();
    }
}
