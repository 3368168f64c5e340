package dev.parley.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.Decision;
import dev.parley.policy.Reason;
import dev.parley.policy.ReasonCode;
import dev.parley.simulation.Findings.Change;
import dev.parley.simulation.Findings.Counts;
import dev.parley.simulation.Findings.Errors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final List<Reason> WHY = List.of(new Reason(ReasonCode.LINKS, "links: 1, at most 0"));
    private static final Decision PUBLISH = new Decision.Publish(List.of());
    private static final Decision HOLD = new Decision.Hold(.5, WHY);
    private static final Decision REJECT = new Decision.Reject(WHY);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Tally tally = new Tally();

    @Test
    void nothing_to_compare_is_no_error() {
        var found = tally.findings();

        assertThat(found.before()).isEqualTo(new Counts(0, 0, 0));
        assertThat(found.workload().days()).isOne();
        assertThat(found.from()).isNull();
    }

    @Test
    void counts_and_changes_add_up() {
        add(PUBLISH, PUBLISH, null, 0);
        add(PUBLISH, HOLD, null, 1);
        add(HOLD, PUBLISH, null, 2);
        add(HOLD, REJECT, null, 3);
        add(PUBLISH, HOLD, null, 30);

        var found = tally.findings();

        assertThat(found.before()).isEqualTo(new Counts(3, 2, 0));
        assertThat(found.after()).isEqualTo(new Counts(2, 2, 1));
        assertThat(found.changes())
                .containsExactlyInAnyOrder(
                        new Change(Outcome.PUBLISH, Outcome.HOLD, 2),
                        new Change(Outcome.HOLD, Outcome.PUBLISH, 1),
                        new Change(Outcome.HOLD, Outcome.REJECT, 1));
        assertThat(found.workload().days()).isEqualTo(2); // thirty hours
        assertThat(found.workload().beforePerDay()).isEqualTo(1);
        assertThat(found.until()).isEqualTo(NOON);
    }

    @Test
    void errors_are_those_against_moderators() {
        add(PUBLISH, HOLD, Ruling.REJECTED, 0); // missed before
        add(HOLD, PUBLISH, Ruling.APPROVED, 0); // needless before
        add(REJECT, REJECT, Ruling.APPROVED, 0); // needless both times
        add(HOLD, PUBLISH, Ruling.REJECTED, 0); // missed after
        add(PUBLISH, HOLD, null, 0); // nobody decided

        var agreement = tally.findings().agreement();

        assertThat(agreement.decided()).isEqualTo(4);
        assertThat(agreement.before()).isEqualTo(new Errors(1, 2));
        assertThat(agreement.after()).isEqualTo(new Errors(1, 1));
    }

    @Test
    void each_kind_of_change_has_twenty_examples_at_most() {
        for (int i = 0; i < 50; i++) {
            add(PUBLISH, HOLD, null, i);
            add(HOLD, HOLD, null, i);
        }
        add(HOLD, PUBLISH, Ruling.APPROVED, 60);

        var samples = tally.findings().samples();

        assertThat(samples).hasSize(Tally.SAMPLES + 1);
        assertThat(samples.getLast().moderator()).isEqualTo(Ruling.APPROVED);
        assertThat(samples.getLast().reasonsBefore()).isEqualTo(WHY);
    }

    private void add(Decision before, Decision after, @Nullable Ruling ruling, int hoursAgo) {
        tally.add(new Compared(UUID.randomUUID(), 1, NOON.minus(Duration.ofHours(hoursAgo)), before, after, ruling));
    }
}
