package dev.parley.scoring;

import dev.parley.text.LanguageDetector;
import dev.parley.text.NormalisedText;
import dev.parley.text.Normaliser;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Scores texts with the models of their language. Thread-safe; a call blocks for about a millisecond at most and does
 * no input or output once the models are loaded.
 */
@ApplicationScoped
public class Scorers {
    private static final Logger LOG = Logger.getLogger(Scorers.class);

    /** Loading again with every comment would make a missing model a slow one. */
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(30);

    private static final int WARM_UP_ROUNDS = 40;
    private static final List<String> WARM_UP_TEXTS =
            List.of(
                    "Thank you for this careful report about the bridge.",
                    "You are a stupid idiot and a pathetic liar",
                    "Cheap pills at https://pills.example, f.r.e.e shipping today!!!",
                    "Danke für den Bericht über die Brücke, er war sehr ausführlich.",
                    "The council met on Monday and nobody asked about the cost of the repair. ".repeat(20));

    /** All that is loaded, at once or not at all. */
    record Loaded(LanguageDetector languages, ModelSet models) {}

    /** What {@link #readAhead} reads; taken by the first scorers of the shipped models, and only once. */
    static final AtomicReference<@Nullable Future<Loaded>> AHEAD = new AtomicReference<>();

    /** With or without the words that drove the scores. */
    @FunctionalInterface
    private interface Evaluation {
        List<Score> of(WeightTable table, NormalisedText text);
    }

    private final Callable<Loaded> source;
    private volatile @Nullable Loaded loaded;
    private @Nullable Exception failure;
    private long failedAt;

    /** Scorers with the shipped models. */
    @Inject
    public Scorers() {
        this.source = Scorers::shipped;
    }

    Scorers(Callable<ModelSet> source) {
        this.source = () -> read(source);
    }

    private static Loaded shipped() throws Exception {
        var ahead = AHEAD.getAndSet(null);
        return ahead != null ? ahead.get() : read(ModelSet::shipped);
    }

    private static Loaded read(Callable<ModelSet> models) throws Exception {
        return new Loaded(new LanguageDetector(), models.call());
    }

    /**
     * Begins to read the shipped models and to warm the code that scores, on a thread of its own, so that both is done
     * when the rest of the program has started. To be called once, by what starts the program.
     */
    public static void readAhead() {
        var reading =
                new FutureTask<>(() -> {
                    var scorers = new Scorers(ModelSet::shipped);
                    scorers.warmUp();
                    return scorers.loaded();
                });
        AHEAD.set(reading);
        Thread.ofPlatform().name("models").daemon().start(reading);
    }

    /**
     * Scores a text.
     *
     * @param text as written, in NFC; empty is fine
     * @param defaultLanguage ISO 639-1 code of the site: a text too short or too mixed to tell is scored as this, if it
     *     is written in its script
     * @return the scores; {@code scored()} is false if no toxicity model knows the language
     * @throws ScoringUnavailable if the models cannot be loaded; the text is then not judged
     */
    public Scores score(String text, String defaultLanguage) {
        return score(text, Normaliser.normalise(text), defaultLanguage);
    }

    /**
     * Scores a text of which the folded copy is at hand.
     *
     * @param text as written
     * @param folded the same, normalised
     * @param defaultLanguage as for {@link #score(String, String)}
     */
    public Scores score(String text, NormalisedText folded, String defaultLanguage) {
        return score(text, folded, defaultLanguage, OwnSet.NONE);
    }

    /**
     * Scores a text with a tenant's own models in the places of the shipped ones.
     *
     * @param folded the text, normalised
     * @param defaultLanguage as for {@link #score(String, String)}
     */
    public Scores score(String text, NormalisedText folded, String defaultLanguage, OwnSet own) {
        return score(text, folded, defaultLanguage, own, WeightTable::score);
    }

    /**
     * Scores a text as one of this language, whatever it looks like: for parts of a text of which the language is
     * known.
     *
     * @param language ISO 639-1 code; one without models gives no score
     */
    public Scores scoreAs(String text, String language) {
        return scoreAs(text, language, OwnSet.NONE);
    }

    /** The same with a tenant's own models in the places of the shipped ones. */
    public Scores scoreAs(String text, String language, OwnSet own) {
        return scoreAs(loaded(), language, language, Normaliser.normalise(text), own, WeightTable::score);
    }

    /**
     * As {@link #score(String, String)}, without saying which words drove the scores: faster, for many texts. Its
     * scores have no spans.
     */
    public Scores scoreOnly(String text, String defaultLanguage) {
        return score(text, Normaliser.normalise(text), defaultLanguage, OwnSet.NONE, WeightTable::scoreOnly);
    }

    /** What a text is scored as, and how high before any threshold, by attribute: for those who teach models. */
    public record Odds(String language, Map<String, Double> byAttribute) {}

    /**
     * The calibrated log-odds of a text.
     *
     * @param folded the text, normalised
     * @param defaultLanguage as for {@link #score(String, String)}
     * @return the language that the text is scored as, also where nothing scores it
     */
    public Odds logOdds(String text, NormalisedText folded, String defaultLanguage, OwnSet own) {
        var parts = loaded();
        var language = languageOf(parts.languages().detect(text, folded), text, folded, defaultLanguage);
        var byAttribute = new HashMap<String, Double>();
        var table = own.table(language, parts.models().forLanguage(language).orElse(null)).orElse(null);
        if (table != null) {
            var odds = table.logOdds(folded);
            for (int i = 0; i < odds.length; i++) byAttribute.put(table.columns().get(i).attribute(), odds[i]);
        }
        return new Odds(language, byAttribute);
    }

    private Scores score(
            String text, NormalisedText folded, String defaultLanguage, OwnSet own, Evaluation evaluation) {
        var parts = loaded();
        var detected = parts.languages().detect(text, folded);
        var language = languageOf(detected, text, folded, defaultLanguage);
        return scoreAs(parts, detected, language, folded, own, evaluation);
    }

    private static String languageOf(String detected, String text, NormalisedText folded, String defaultLanguage) {
        boolean guess =
                detected.equals(LanguageDetector.UNDETERMINED) && LanguageDetector.mayBe(text, folded, defaultLanguage);
        return guess ? defaultLanguage : detected;
    }

    private static Scores scoreAs(
            Loaded parts, String said, String language, NormalisedText folded, OwnSet own, Evaluation evaluation) {
        var byAttribute = new HashMap<String, Score>();
        own.table(language, parts.models().forLanguage(language).orElse(null))
                .ifPresent(table ->
                        evaluation.of(table, folded).forEach(score -> byAttribute.put(score.attribute(), score)));
        return new Scores(said, byAttribute.containsKey(ModelSet.TOXICITY), byAttribute);
    }

    /** Version of each model by language and attribute, such as {@code en/toxicity}. */
    public Map<String, String> versions() {
        return versions(OwnSet.NONE);
    }

    /** The same with a tenant's own models in the places of the shipped ones. */
    public Map<String, String> versions(OwnSet own) {
        var versions = new HashMap<String, String>();
        for (var table : loaded().models().all().entrySet()) {
            for (var model : table.getValue().columns()) {
                versions.put(table.getKey() + "/" + model.attribute(), model.version());
            }
        }
        return own.over(loaded().models(), versions);
    }

    /** Version of the shipped model for a language and attribute; null where there is none. */
    @Nullable String shippedVersion(String language, String attribute) {
        return OwnSet.versionOf(loaded().models().forLanguage(language).orElse(null), attribute);
    }

    /**
     * Loads and warms before the first request is let in, and before anything else at the start may score. Fails
     * quietly: what cannot be scored is held.
     */
    void onStart(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) {
        try {
            warmUp();
            // Reading left more than it keeps. Once, before anybody waits; the collector gives the memory back.
            System.gc();
        } catch (ScoringUnavailable e) {
            LOG.error("No comment can be scored", e);
        }
    }

    /**
     * Loads the models and scores some texts, so that no reader waits for cold code.
     *
     * @throws ScoringUnavailable if the models cannot be loaded
     */
    public void warmUp() {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            for (var text : WARM_UP_TEXTS) score(text, "en");
        }
    }

    private Loaded loaded() {
        var present = loaded;
        return present != null ? present : load();
    }

    private synchronized Loaded load() {
        var present = loaded;
        if (present != null) return present;
        var failed = failure;
        if (failed != null && System.nanoTime() - failedAt < BETWEEN_ATTEMPTS.toNanos()) throw unavailable(failed);
        try {
            present = source.call();
            loaded = present;
            failure = null;
            return present;
        } catch (Exception e) { // whatever is wrong with a model, its consequence is the same
            failure = e;
            failedAt = System.nanoTime();
            throw unavailable(e);
        }
    }

    private static ScoringUnavailable unavailable(Exception cause) {
        return new ScoringUnavailable("The models could not be loaded", cause);
    }
}
