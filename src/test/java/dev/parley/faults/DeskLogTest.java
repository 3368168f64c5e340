package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.faults.DeskLog.Decided;
import dev.parley.faults.DeskLog.Given;
import dev.parley.faults.DeskLog.Hold;
import dev.parley.faults.DeskLog.Released;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** That {@link ModeratorsFault} would see what must not be. Times are seconds after a moment. */
class DeskLogTest {

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Instant THEN = Instant.parse("2026-11-27T10:00:00Z");
    private static final UUID ITEM = UUID.randomUUID();

    private final DeskLog log = new DeskLog();

    @Test
    void what_two_have_at_the_same_time_is_a_fault() {
        given("one", 0);
        given("other", 9.9);

        assertThat(log.faults(LEASE)).singleElement().asString().startsWith("given to two at once");
    }

    @Test
    void what_lapsed_can_be_a_colleagues() {
        given("one", 0);
        given("other", 10);

        assertThat(log.faults(LEASE)).isEmpty();
        assertThat(log.holds(LEASE)).extracting(Hold::open).containsExactly(true, true);
    }

    @Test
    void what_was_prolonged_is_theirs_until_then() {
        var claim = given("one", 0);
        log.add(new Given("one", ITEM, claim, at(6), at(16)));
        given("other", 12);

        assertThat(log.holds(LEASE).getFirst()).isEqualTo(new Hold("one", ITEM, at(0), at(16), true));
        assertThat(log.faults(LEASE)).singleElement().asString().startsWith("given to two at once");
    }

    @Test
    void what_was_given_back_can_be_a_colleagues_from_then_on() {
        log.add(new Released(given("one", 0), at(3)));
        given("other", 3.1);
        assertThat(log.faults(LEASE)).isEmpty();

        given("third", 13);
        assertThat(log.faults(LEASE)).singleElement().asString().contains("other", "third");
    }

    @Test
    void what_is_decided_twice_is_a_fault_and_what_was_refused_is_none() {
        given("one", 0);
        decided("one", 5, 200);
        decided("other", 5.5, 409);
        assertThat(log.faults(LEASE)).isEmpty();

        decided("other", 12, 200);
        assertThat(log.faults(LEASE)).singleElement().asString().startsWith("decided twice");
    }

    @Test
    void what_is_decided_while_a_colleague_has_it_is_a_fault() {
        given("one", 0);
        decided("other", 5, 200);

        assertThat(log.faults(LEASE)).singleElement().asString().startsWith("decided while it was a colleague's");
    }

    @Test
    void what_is_decided_by_somebody_who_came_too_late_was_lapsed_all_the_same() {
        given("one", 0);
        decided("one", 12, 200);

        assertThat(log.faults(LEASE)).isEmpty();
        assertThat(log.holds(LEASE)).containsExactly(new Hold("one", ITEM, at(0), at(10), true));
    }

    @Test
    void what_is_given_after_it_was_decided_is_a_fault() {
        given("one", 0);
        decided("one", 5, 200);
        given("other", 6);

        assertThat(log.faults(LEASE)).singleElement().asString().startsWith("given after it was decided");
    }

    private UUID given(String member, double seconds) {
        var claim = UUID.randomUUID();
        log.add(new Given(member, ITEM, claim, at(seconds), at(seconds).plus(LEASE)));
        return claim;
    }

    private void decided(String member, double seconds, int status) {
        log.add(new Decided(member, ITEM, "PUBLISHED", at(seconds), at(seconds + 0.1), status));
    }

    private static Instant at(double seconds) {
        return THEN.plusMillis(Math.round(seconds * 1_000));
    }
}
