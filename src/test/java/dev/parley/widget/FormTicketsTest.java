package dev.parley.widget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.widget.FormTickets.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FormTicketsTest {

    private final Hand clock = new Hand();
    private final FormTickets tickets = new FormTickets(new byte[32], clock);

    @Test
    void a_ticket_when_sent_back_by_a_person_is_good_and_names_one_sending() {
        var ticket = tickets.issue("gazette", "a");
        clock.passes(Duration.ofSeconds(2));

        assertThat(tickets.read("gazette", "a", ticket)).isEqualTo(tickets.read("gazette", "a", ticket));
        assertThat(tickets.read("gazette", "a", ticket).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(tickets.read("gazette", "a", ticket).key()).hasSize(22);
        assertThat(tickets.read("gazette", "a", tickets.issue("gazette", "a")).key())
                .isNotEqualTo(tickets.read("gazette", "a", ticket).key());
    }

    @Test
    void a_ticket_when_too_fresh_or_too_old_says_so() {
        var ticket = tickets.issue("gazette", "a");

        clock.passes(Duration.ofMillis(1_999));
        assertThat(tickets.read("gazette", "a", ticket).verdict()).isEqualTo(Verdict.TOO_QUICK);
        clock.passes(Duration.ofHours(24));
        assertThat(tickets.read("gazette", "a", ticket).verdict()).isEqualTo(Verdict.TOO_OLD);
    }

    @Test
    void a_ticket_when_changed_or_carried_elsewhere_is_not_ours() {
        var ticket = tickets.issue("gazette", "a");
        clock.passes(Duration.ofMinutes(1));

        for (int i = 0; i < ticket.length(); i++) {
            var changed = new StringBuilder(ticket);
            changed.setCharAt(i, ticket.charAt(i) == 'A' ? 'B' : 'A');
            if (i < ticket.length() - 1) { // the last sign has unused bits
                assertThat(tickets.read("gazette", "a", changed.toString()).verdict()).isEqualTo(Verdict.NOT_OURS);
            }
        }
        assertThat(tickets.read("gazette", "b", ticket).verdict()).isEqualTo(Verdict.NOT_OURS);
        assertThat(tickets.read("herald", "a", ticket).verdict()).isEqualTo(Verdict.NOT_OURS);
        assertThat(tickets.read("gazette", "a", null).verdict()).isEqualTo(Verdict.NOT_OURS);
        assertThat(tickets.read("gazette", "a", "%%%").verdict()).isEqualTo(Verdict.NOT_OURS);
        assertThat(
                        new FormTickets("another secret".getBytes(java.nio.charset.StandardCharsets.UTF_8), clock)
                                .read("gazette", "a", ticket)
                                .verdict())
                .isEqualTo(Verdict.NOT_OURS);
    }

    @Test
    void a_ticket_when_renewed_keeps_its_age_and_changes_its_key() {
        var ticket = tickets.issue("gazette", "a");
        clock.passes(Duration.ofMinutes(1));
        var renewed = tickets.renew("gazette", "a", ticket);

        assertThat(tickets.read("gazette", "a", renewed).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(tickets.read("gazette", "a", renewed).key())
                .isNotEqualTo(tickets.read("gazette", "a", ticket).key());
        assertThat(tickets.read("gazette", "a", tickets.renew("gazette", "a", "x")).verdict())
                .isEqualTo(Verdict.TOO_QUICK);
    }

    /** A clock that moves when told. */
    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-11-22T10:00:00Z");

        void passes(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
