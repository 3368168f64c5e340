package dev.parley.scoring;

import dev.parley.platform.Repeats;
import dev.parley.scoring.ScoringMeters.Purpose;
import dev.parley.scoring.ScoringMeters.Result;
import dev.parley.text.NormalisedText;
import dev.parley.text.Normaliser;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Scores within a deadline, or says at once that there is no score: what fails or hangs here holds nobody up.
 * Everything that runs in the server scores through this and not through {@link Scorers} itself.
 *
 * <p>A breaker opens when half of the last ten calls failed. While it is open nothing is tried on a reader's time: a
 * probe of its own looks every second whether scoring works again.
 */
@ApplicationScoped
public class GuardedScorers {

    private static final Logger LOG = Logger.getLogger(GuardedScorers.class);

    /** Calls that the breaker looks back on; it opens after five to ten failures. */
    private static final int WINDOW = 10;

    private static final double FAILURES = .5;

    /** Probes in a row that must succeed: one could be luck. */
    private static final int PROBES = 3;

    private static final int FEWEST_THREADS = 4;

    /** One for a text, one to find out whether it is the text or the scorer that hangs. */
    private static final int BACKGROUND_THREADS = 2;

    private static final String KNOWN = "Thank you for this careful report about the bridge.";
    private static final NormalisedText KNOWN_FOLDED = Normaliser.normalise(KNOWN);
    private static final String KNOWN_LANGUAGE = "en";

    private final Scorers scorers;
    private final OwnModels ownModels;
    private final ScoringConfig config;
    private final Event<ScoringRecovered> recovered;
    private final ScoringMeters meters;
    private final Lane lane;
    private final Lane background;
    private final Guard guard;
    private volatile CircuitBreakerState breaker = CircuitBreakerState.CLOSED;

    GuardedScorers(
            Scorers scorers,
            OwnModels ownModels,
            ScoringConfig config,
            Event<ScoringRecovered> recovered,
            ScoringMeters meters) {
        this.scorers = scorers;
        this.ownModels = ownModels;
        this.config = config;
        this.recovered = recovered;
        this.meters = meters;
        int threads = config.threads().orElse(Math.max(FEWEST_THREADS, Runtime.getRuntime().availableProcessors()));
        this.lane = new Lane("scoring", threads, Thread.NORM_PRIORITY);
        this.background = new Lane("scoring-again", BACKGROUND_THREADS, Thread.MIN_PRIORITY);
        this.guard =
                Guard.create()
                        .withDescription("scoring")
                        .withCircuitBreaker()
                        .requestVolumeThreshold(WINDOW)
                        .failureRatio(FAILURES)
                        .delay(900, ChronoUnit.MILLIS) // less than between probes, so that each of them counts
                        .successThreshold(PROBES)
                        .onStateChange(this::became)
                        .done()
                        .build();
        meters.watch(this);
    }

    /**
     * Scores, and which models made them.
     *
     * @param models as {@link #nameOf} names them
     */
    public record Scored(Scores scores, String models) {}

    /**
     * Scores what a reader waits for.
     *
     * @param text as written
     * @param folded the same, normalised
     * @param defaultLanguage ISO 639-1 code of the site, as for {@link Scorers#score(String, String)}
     * @throws ScoringUnavailable if it failed, took longer than the deadline, or the breaker is open
     */
    @WithSpan("scoring")
    public Scored score(String text, NormalisedText folded, String defaultLanguage) {
        var own = ownModels.current();
        return scored(ifWorking(() -> scorers.score(text, folded, defaultLanguage, own)), own);
    }

    /**
     * The same for a text of which no folded copy is at hand.
     *
     * @throws ScoringUnavailable if it failed, took longer than the deadline, or the breaker is open
     */
    @WithSpan("scoring")
    public Scores score(String text, String defaultLanguage) {
        var own = ownModels.current();
        return ifWorking(() -> scorers.score(text, Normaliser.normalise(text), defaultLanguage, own));
    }

    /**
     * Scores a text as one of this language, as {@link Scorers#scoreAs}.
     *
     * @throws ScoringUnavailable if it failed, took longer than the deadline, or the breaker is open
     */
    @WithSpan("scoring")
    public Scores scoreAs(String text, String language) {
        var own = ownModels.current();
        return ifWorking(() -> scorers.scoreAs(text, language, own));
    }

    /**
     * Scores what nobody waits for, on threads of its own and past the breaker: what fails here is no reason to hold
     * what readers send.
     *
     * @throws ScoringUnavailable if it failed
     * @throws NotInTime if it took longer than the background's deadline
     */
    public Scored scoreInBackground(String text, NormalisedText folded, String defaultLanguage) {
        return scoreInBackground(text, folded, defaultLanguage, ownModels.current());
    }

    /** The same with other models than those in force, to see what they would do. */
    public Scored scoreInBackground(String text, NormalisedText folded, String defaultLanguage, OwnSet own) {
        return scored(inBackground(() -> scorers.score(text, folded, defaultLanguage, own)), own);
    }

    /**
     * The calibrated log-odds of a text, as {@link Scorers#logOdds}, on the threads of the background.
     *
     * @throws ScoringUnavailable if it failed or took longer than the background's deadline
     */
    public Scorers.Odds logOddsInBackground(String text, NormalisedText folded, String defaultLanguage, OwnSet own) {
        return inBackground(() -> scorers.logOdds(text, folded, defaultLanguage, own));
    }

    private <T> T inBackground(Callable<T> scoring) {
        long began = System.nanoTime();
        try {
            var scores = background.call(scoring, config.backgroundDeadline());
            meters.count(Purpose.BACKGROUND, Result.SCORED, began);
            return scores;
        } catch (TimeoutException e) {
            meters.count(Purpose.BACKGROUND, Result.LATE, began);
            throw new NotInTime(e);
        } catch (Exception e) {
            meters.count(Purpose.BACKGROUND, Result.FAILED, began);
            throw unavailable(e);
        }
    }

    private Scored scored(Scores scores, OwnSet own) {
        return new Scored(scores, nameOf(scorers.versions(own)));
    }

    /** Whether readers' comments are scored: false while the breaker is open or probed. */
    public boolean works() {
        return breaker == CircuitBreakerState.CLOSED;
    }

    /** Whether the background can score a text that is known to be fine, now. */
    public boolean worksInBackground() {
        if (!works()) {
            return false;
        }
        try {
            scoreInBackground(KNOWN, KNOWN_FOLDED, KNOWN_LANGUAGE, OwnSet.NONE);
            return true;
        } catch (ScoringUnavailable e) {
            return false;
        }
    }

    /** {@code CLOSED} if readers' comments are scored, {@code OPEN} if not, be it that probes succeed already. */
    public String breaker() {
        return works() ? "CLOSED" : "OPEN";
    }

    /** Threads that have not come back in time. */
    public int lateThreads() {
        return lane.late() + background.late();
    }

    /**
     * Version of each model that scores for the entered tenant, by language and attribute, such as {@code en/toxicity}.
     * Loads the models if they are not.
     *
     * @throws ScoringUnavailable if they cannot be loaded
     */
    public Map<String, String> versions() {
        return new TreeMap<>(scorers.versions(ownModels.current()));
    }

    /**
     * Version of the shipped model for a language and attribute; null where there is none.
     *
     * @throws ScoringUnavailable if the models cannot be loaded
     */
    public @Nullable String shippedVersion(String language, String attribute) {
        return scorers.shippedVersion(language, attribute);
    }

    /**
     * A short name for all of these {@link #versions} together: texts that were scored under another one may score
     * differently now. Hexadecimal digits, 16 of them.
     */
    public static String nameOf(Map<String, String> versions) {
        try {
            var all = new TreeMap<>(versions).toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    void begin(@Observes StartupEvent start, Repeats repeats) {
        repeats.every(Duration.ofSeconds(1), this::probe);
    }

    /** Finds out whether scoring works again. Does nothing while the breaker is closed. */
    public void probe() {
        for (int i = 0; i < PROBES && !works(); i++) {
            try {
                guarded(() -> scorers.score(KNOWN, KNOWN_FOLDED, KNOWN_LANGUAGE));
            } catch (ScoringUnavailable e) {
                return;
            }
        }
    }

    private Scores ifWorking(Callable<Scores> scoring) {
        long began = System.nanoTime();
        if (!works()) {
            meters.count(Purpose.ANSWER, Result.SUSPENDED, began);
            throw new ScoringUnavailable("Scoring is suspended", null);
        }
        try {
            var scores = guarded(scoring);
            meters.count(Purpose.ANSWER, Result.SCORED, began);
            return scores;
        } catch (ScoringUnavailable e) {
            meters.count(Purpose.ANSWER, e.getCause() instanceof TimeoutException ? Result.LATE : Result.FAILED, began);
            throw e;
        }
    }

    private Scores guarded(Callable<Scores> scoring) {
        try {
            return guard.call(() -> lane.call(scoring, config.deadline()), Scores.class);
        } catch (Exception e) {
            throw unavailable(e);
        }
    }

    private void became(CircuitBreakerState next) {
        var before = breaker;
        breaker = next;
        switch (next) {
            case OPEN -> {
                if (before == CircuitBreakerState.CLOSED) {
                    LOG.errorf(
                            "Scoring is suspended: comments are held until it works again; threads that hang: %d",
                            lateThreads());
                }
            }
            case CLOSED -> {
                LOG.info("Scoring works again");
                recovered.fire(new ScoringRecovered());
            }
            case HALF_OPEN -> LOG.debug("Scoring is tried again");
        }
    }

    private static ScoringUnavailable unavailable(Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return e instanceof ScoringUnavailable known ? known : new ScoringUnavailable("The scorer failed", e);
    }

    @PreDestroy
    void close() {
        lane.close();
        background.close();
    }
}
