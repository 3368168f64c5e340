package dev.parley.platform;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Identifiers of rows. */
public final class Ids {

    /** Parts of a millisecond that an id tells apart. */
    private static final long PARTS = 1 << 12;

    private static final SecureRandom RANDOM = new SecureRandom();

    /** When the last id was made, in parts of milliseconds since 1970. */
    private static final AtomicLong LAST = new AtomicLong();

    private static volatile InstantSource time = InstantSource.system();

    private Ids() {}

    /** From now on by this clock; by the machine's until then. */
    static void by(InstantSource clock) {
        time = clock;
    }

    /**
     * A new UUIDv7: ordered by creation, so that ids serve as keyset cursors. Each is greater than those that this
     * process made before, also where the clock goes back.
     */
    public static UUID next() {
        return next(time, LAST);
    }

    static UUID next(InstantSource time, AtomicLong last) {
        var now = time.instant();
        long parts = now.toEpochMilli() * PARTS + now.getNano() % 1_000_000L * PARTS / 1_000_000L;
        long made = last.updateAndGet(before -> Math.max(before + 1, parts));
        return new UUID(made / PARTS << 16 | 0x7000 | made % PARTS, RANDOM.nextLong() >>> 2 | 0x8000_0000_0000_0000L);
    }

    /** A new random UUIDv4, for ids that must not say when they were made. */
    public static UUID random() {
        return UUID.randomUUID();
    }
}
