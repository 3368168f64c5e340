package dev.parley.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of this machine as long as it is the database's, give or take {@link #TOLERANCE}; else that of the database:
 * what it last said, and what the machine's timer counted since, which no setting of a clock moves. So replicas agree
 * on what has expired, and a clock that was set wrong, or jumps, changes nothing. Until the database was asked it is
 * the machine's time.
 */
final class DatabaseClock extends Clock {

    /** Clocks that are kept by NTP differ by less, and so does a reading of the database's on a busy machine. */
    static final Duration TOLERANCE = Duration.ofSeconds(1);

    /** What the database said, when the timer stood there. */
    private record Reading(Instant database, long timer) {}

    private final InstantSource machine;
    private final LongSupplier timer;
    private volatile @Nullable Reading last;

    /**
     * @param machine the machine's clock
     * @param timer nanoseconds of a timer that only goes forward
     */
    DatabaseClock(InstantSource machine, LongSupplier timer) {
        this.machine = machine;
        this.timer = timer;
    }

    @Override
    public Instant instant() {
        var now = machine.instant();
        var reading = last;
        if (reading == null) {
            return now;
        }
        var database = at(reading, timer.getAsLong());
        return Duration.between(database, now).abs().compareTo(TOLERANCE) <= 0 ? now : database;
    }

    /**
     * Takes up a reading of the database's clock. One that took longer than the tolerance says too little and is left.
     *
     * @param asked what the timer showed before
     * @param answered and after
     * @return by how much the machine's clock is ahead, less than zero if it is behind
     */
    Duration read(Instant database, long asked, long answered) {
        if (answered - asked <= TOLERANCE.toNanos()) {
            last = new Reading(database, asked + (answered - asked) / 2);
        }
        var reading = last;
        return reading == null ? Duration.ZERO : Duration.between(at(reading, timer.getAsLong()), machine.instant());
    }

    private static Instant at(Reading reading, long timer) {
        return reading.database().plusNanos(timer - reading.timer());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Times are in UTC until they are shown");
    }
}
