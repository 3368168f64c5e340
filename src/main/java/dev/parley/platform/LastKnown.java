package dev.parley.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was read from the database, in memory: new enough while the database answers, and what was last known, up to an
 * age, while it does not. Many who ask for the same at once wait for one reading. It is done on a thread of its own, so
 * that nobody has to wait for a database that hangs who can be told what was known before.
 */
public final class LastKnown<K, V> {

    /** How old an answer to readers may be while the database is away: goal R3 of the faults. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    /** A healthy database answers in milliseconds, a busy one within this. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** With what is known to be outdated one is patient for longer: it may be what somebody just took away. */
    private static final Duration LONGER_PATIENCE = Duration.ofSeconds(2);

    /**
     * Who asks while others wait in vain waits for so long, so that several values in a row take no longer than one.
     */
    private static final Duration IMPATIENCE = Duration.ofMillis(50);

    /** How long after somebody waited in vain. */
    private static final Duration TROUBLE = Duration.ofSeconds(2);

    /** Of all values: there is one database. In nanoseconds of the system's timer. */
    private static final AtomicLong LAST_TROUBLE = new AtomicLong(longAgo(Ticker.systemTicker()));

    /**
     * @param outdated whether it was changed since, or a reading of it
     */
    private record Known<V>(V value, long readAt, boolean outdated) {

        Known<V> changed() {
            return new Known<>(value, readAt, true);
        }
    }

    private record Reading<V>(CompletableFuture<@Nullable V> result, long begunAt) {}

    private final Duration fresh;
    private final Duration longest;
    private final Ticker ticker;
    private final AtomicLong lastTrouble;
    private final Counter hits;
    private final Counter misses;
    private final Counter stale;
    private final Cache<K, Known<V>> known;
    private final ConcurrentMap<K, Reading<V>> readings = new ConcurrentHashMap<>();

    /**
     * @param name in the metrics
     * @param most how many values are kept
     * @param fresh age up to which a value is given without asking the database
     * @param longest age up to which it is given if the database does not answer
     */
    public LastKnown(String name, int most, Duration fresh, Duration longest, MeterRegistry registry) {
        this(name, most, fresh, longest, registry, Ticker.systemTicker(), LAST_TROUBLE);
    }

    LastKnown(
            String name,
            int most,
            Duration fresh,
            Duration longest,
            MeterRegistry registry,
            Ticker ticker,
            AtomicLong lastTrouble) {
        this.fresh = fresh;
        this.longest = longest;
        this.ticker = ticker;
        this.lastTrouble = lastTrouble;
        this.known = Caffeine.newBuilder().maximumSize(most).expireAfterWrite(longest).ticker(ticker).build();
        this.hits = registry.counter("cache.gets", "cache", name, "result", "hit");
        this.misses = registry.counter("cache.gets", "cache", name, "result", "miss");
        this.stale =
                Counter.builder("parley.stale.answers")
                        .description("Answers from memory because the database did not give one")
                        .tag("cache", name)
                        .register(registry);
    }

    /**
     * The value of a key.
     *
     * @param read asks the database, in a transaction of its own, on another thread; null and what it throws are kept
     *     by nobody
     * @return null if it was read and is not there
     * @throws Problem what {@code read} threw, whatever was known before
     * @throws RuntimeException what else {@code read} threw, if nothing was known that is young enough
     */
    public @Nullable V get(K key, Function<K, @Nullable V> read) {
        var old = known(key);
        if (old != null && isFresh(old)) {
            hits.increment();
            return old.value();
        }
        misses.increment();
        var reading = readings.computeIfAbsent(key, _ -> begin(key, read));
        return old == null ? first(reading) : firstOr(old, reading);
    }

    private static <V> @Nullable V first(Reading<V> reading) {
        try {
            return reading.result().join();
        } catch (CompletionException e) {
            throw thrown(e);
        }
    }

    private @Nullable V firstOr(Known<V> old, Reading<V> reading) {
        var left = patience(old).minus(age(reading.begunAt()));
        try {
            return reading.result().get(Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return stale(old);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the database was asked", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Problem) {
                throw thrown(e);
            }
            return stale(old);
        }
    }

    /** The value of a key if it is new enough; nobody is asked. */
    public Optional<V> fresh(K key) {
        var found = Optional.ofNullable(known(key)).filter(this::isFresh);
        (found.isPresent() ? hits : misses).increment();
        return found.map(Known::value);
    }

    /** Keeps what was read just now. */
    public void put(K key, V value) {
        known.put(key, new Known<>(value, ticker.read(), false));
    }

    /**
     * Says that a key was changed. Whoever asks from now on is told what is read from now on, or, if the database does
     * not answer, what was known before.
     */
    public void outdate(K key) {
        readings.compute(
                key,
                (_, _) -> {
                    known.asMap().computeIfPresent(key, (_, old) -> old.changed());
                    return null;
                });
    }

    private Reading<V> begin(K key, Function<K, @Nullable V> read) {
        var reading = new Reading<V>(new CompletableFuture<>(), ticker.read());
        Thread.ofVirtual()
                .name("reading")
                .start(() -> {
                    try {
                        var value = read.apply(key);
                        end(key, reading, value);
                        reading.result().complete(value);
                    } catch (Throwable e) {
                        end(key, reading, null);
                        reading.result().completeExceptionally(e);
                    }
                });
        return reading;
    }

    /** Keeps the value unless the key was changed since: it may have been read before the change. */
    private void end(K key, Reading<V> reading, @Nullable V value) {
        readings.computeIfPresent(
                key,
                (_, present) -> {
                    if (present != reading) {
                        return present;
                    }
                    if (value != null) {
                        known.put(key, new Known<>(value, reading.begunAt(), false));
                    }
                    return null;
                });
    }

    /** Marking it as outdated made it no younger, which the cache does not know. */
    private @Nullable Known<V> known(K key) {
        var old = known.getIfPresent(key);
        return old == null || age(old.readAt()).compareTo(longest) >= 0 ? null : old;
    }

    private Duration patience(Known<V> old) {
        boolean trouble = age(lastTrouble.get()).compareTo(TROUBLE) < 0;
        return trouble ? IMPATIENCE : old.outdated() ? LONGER_PATIENCE : PATIENCE;
    }

    private boolean isFresh(Known<V> old) {
        return !old.outdated() && age(old.readAt()).compareTo(fresh) < 0;
    }

    private V stale(Known<V> old) {
        lastTrouble.set(ticker.read());
        stale.increment();
        return old.value();
    }

    static long longAgo(Ticker ticker) {
        return ticker.read() - TROUBLE.toNanos();
    }

    private Duration age(long since) {
        return Duration.ofNanos(ticker.read() - since);
    }

    private static RuntimeException thrown(Exception e) {
        return switch (e.getCause()) {
            case RuntimeException cause -> cause;
            case Error cause -> throw cause;
            case null, default -> new IllegalStateException(e);
        };
    }
}
