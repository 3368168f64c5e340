package dev.parley.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a receiver asks not to be called: {@code Retry-After} of RFC 9110, as seconds or as a date. */
final class RetryAfter {

    /** Longer than that nobody puts off what waits for them, whatever they ask for. */
    static final Duration MOST = Duration.ofHours(6);

    private static final Pattern SECONDS = Pattern.compile("[0-9]+");

    /** More digits than these are more seconds than {@link #MOST} in any case. */
    private static final int DIGITS = 9;

    private RetryAfter() {}

    /**
     * @param header in the receiver's words; null if it said nothing
     * @return zero for nothing, for what can't be read, and for what is past; never more than {@link #MOST}
     */
    static Duration of(@Nullable String header, Instant now) {
        if (header == null) {
            return Duration.ZERO;
        }
        var asked = header.strip();
        return SECONDS.matcher(asked).matches() ? seconds(asked) : date(asked, now);
    }

    private static Duration seconds(String number) {
        return number.length() > DIGITS ? MOST : bounded(Duration.ofSeconds(Long.parseLong(number)));
    }

    private static Duration date(String text, Instant now) {
        try {
            return bounded(Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from)));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private static Duration bounded(Duration asked) {
        return asked.isNegative() ? Duration.ZERO : asked.compareTo(MOST) > 0 ? MOST : asked;
    }
}
