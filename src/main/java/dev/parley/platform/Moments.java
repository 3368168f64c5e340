package dev.parley.platform;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ends of a span of time in a query: a moment such as {@code 2026-05-04T10:00:00Z}, or a whole day in UTC.
 */
public final class Moments {

    private Moments() {}

    /**
     * Where a span begins.
     *
     * @param field name of the parameter, for the error
     * @param text null or empty for no beginning
     * @throws InvalidInput if it is neither a moment nor a day
     */
    public static Optional<Instant> from(String field, @Nullable String text) {
        return read(field, text, 0);
    }

    /** Where a span ends, which is not in it any more; a day is in it as a whole. As {@link #from} otherwise. */
    public static Optional<Instant> to(String field, @Nullable String text) {
        return read(field, text, 1);
    }

    private static Optional<Instant> read(String field, @Nullable String text, int daysMore) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            // Years of five digits and more are days too, but no database keeps them.
            return text.length() == 10
                    ? Optional.of(LocalDate.parse(text).plusDays(daysMore).atStartOfDay().toInstant(ZoneOffset.UTC))
                    : Optional.of(moment(text));
        } catch (DateTimeException e) {
            throw new InvalidInput(field, "must be a day such as 2026-05-04, or a moment such as 2026-05-04T10:00:00Z");
        }
    }

    private static Instant moment(String text) {
        var moment = Instant.parse(text);
        int year = moment.atOffset(ZoneOffset.UTC).getYear();
        if (year < 0 || year > 9999) {
            throw new DateTimeException("out of reach");
        }
        return moment;
    }
}
