package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0                               | PT0S
                    120                             | PT2M
                    00120                           | PT2M
                    21600                           | PT6H
                    21601                           | PT6H
                    999999999                       | PT6H
                    99999999999999999999999999      | PT6H
                    Fri, 27 Nov 2026 10:02:00 GMT   | PT2M
                    Fri, 27 Nov 2026 10:00:00 GMT   | PT0S
                    Fri, 27 Nov 2026 09:00:00 GMT   | PT0S
                    Fri, 31 Dec 9999 23:59:59 GMT   | PT6H
                    """)
    void seconds_and_dates_are_read_and_bounded(String header, Duration expected) {
        assertThat(RetryAfter.of(header, NOW)).isEqualTo(expected);
        assertThat(RetryAfter.of(" " + header + " ", NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-5",
                "+5",
                "1.5",
                "1e3",
                "soon",
                "٥",
                "Mon, 27 Nov 2026 10:02:00 GMT",
                "Fri, 32 Nov 2026 10:02:00 GMT",
                "2026-11-27T10:02:00Z"
            })
    void what_cannot_be_read_asks_for_nothing(String header) {
        assertThat(RetryAfter.of(header, NOW)).isZero();
    }

    @Test
    void nothing_asks_for_nothing() {
        assertThat(RetryAfter.of(null, NOW)).isZero();
    }
}
