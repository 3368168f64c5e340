package dev.parley.training;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.parley.moderation.DecisionAction;
import dev.parley.moderation.RejectionReason;
import dev.parley.platform.Json;
import dev.parley.privacy.PersonalData;
import dev.parley.scoring.GuardedScorers;
import dev.parley.scoring.NewOwnModel;
import dev.parley.scoring.NotInTime;
import dev.parley.scoring.OwnModels;
import dev.parley.scoring.OwnSet;
import dev.parley.tenant.TenantContext;
import dev.parley.text.LanguageDetector;
import dev.parley.text.NormalisedText;
import dev.parley.text.Normaliser;
import dev.parley.training.OwnTrainingView.Outcome;
import dev.parley.training.OwnTrainingView.Result;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Does trainings, one after another on one thread of low priority that all tenants share: reads what was decided,
 * scores it with what scores now, and teaches a model for each language and attribute of which enough is told.
 */
@ApplicationScoped
class OwnTrainingWork {

    private static final Logger LOG = Logger.getLogger(OwnTrainingWork.class);

    /** Of the newest decisions and labels; more of them take memory, and tell of a forum that was. */
    private static final int MOST = 10_000;

    private static final double YES = 0.5;
    private static final TypeReference<Map<String, Double>> SCORES = new TypeReference<>() {};

    /** What an approval says a comment is not. */
    private static final Map<String, Boolean> APPROVED =
            Labels.attributes().stream().collect(Collectors.toMap(attribute -> attribute, _ -> false));

    /** A text and what was said of it, before anything scored it. */
    private record Said(String body, String language, String writer, Map<String, Boolean> labels, Instant at) {}

    private final Decided decided;
    private final GuardedScorers scorers;
    private final OwnModels models;
    private final Json json;
    private final TenantContext context;
    private final ExecutorService jobs =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("teaching-", 0).daemon().priority(Thread.MIN_PRIORITY).factory());

    OwnTrainingWork(Decided decided, GuardedScorers scorers, OwnModels models, Json json, TenantContext context) {
        this.decided = decided;
        this.scorers = scorers;
        this.models = models;
        this.json = json;
        this.context = context;
    }

    /** How many decisions the entered tenant's moderators made since a moment, as far as a training would look. */
    int decisionsSince(Instant moment) {
        return decided.countSince(moment, MOST);
    }

    /** Begins one in the background. What fails in it ends it. */
    void begin(String tenant, UUID id, OwnTrainings door) {
        jobs.execute(() -> context.run(tenant, () -> run(id, door)));
    }

    @PreDestroy
    void stop() {
        jobs.shutdownNow();
    }

    private void run(UUID id, OwnTrainings door) {
        try {
            var taught = taught();
            door.end(id, taught.size(), teach(id, taught, door));
        } catch (RuntimeException e) {
            // The class only: messages of a database may repeat values.
            LOG.errorf("Training %s failed: %s", id, e.getClass().getName());
            LOG.debug("Training failed", e);
            door.end(id, 0, null);
        }
    }

    private List<Outcome> teach(UUID id, List<Taught> taught, OwnTrainings door) {
        var byLanguage =
                taught.stream().collect(Collectors.groupingBy(Taught::language, TreeMap::new, Collectors.toList()));
        var outcomes = new ArrayList<Outcome>();
        byLanguage.forEach((language, its) -> {
            for (var attribute : Labels.attributes()) {
                var telling = its.stream().filter(one -> one.labels().containsKey(attribute)).toList();
                if (telling.stream().anyMatch(one -> one.labels().get(attribute))) {
                    outcomes.add(teach(id, language, attribute, telling, door));
                }
            }
        });
        return outcomes;
    }

    private Outcome teach(UUID id, String language, String attribute, List<Taught> telling, OwnTrainings door) {
        int with = (int) telling.stream().filter(one -> one.labels().get(attribute)).count();
        var base = scorers.shippedVersion(language, attribute);
        var taught = new OwnTrainer(language, attribute).train(telling, file -> trial(base, attribute, file));
        if (taught.isEmpty()) {
            return new Outcome(language, attribute, Result.TOO_FEW, telling.size(), with, null);
        }
        var result = taught.get();
        var model =
                door.keep(
                        id,
                        new NewOwnModel(language, attribute, base, result.version(), result.file(), result.report()));
        var how = result.file() == null ? Result.NOT_BETTER : Result.BETTER;
        return new Outcome(language, attribute, how, telling.size(), with, model);
    }

    /** As it will score once it is in force, windows of long texts and all. */
    private ToDoubleFunction<Taught> trial(@Nullable String base, String attribute, byte[] file) {
        var own = OwnSet.of(base, file);
        return one ->
                scorers.logOddsInBackground(one.body(), Normaliser.normalise(one.body()), one.siteLanguage(), own)
                        .byAttribute()
                        .getOrDefault(attribute, 0.0);
    }

    /** What was said, oldest first, each text once: the last word on it counts. */
    private List<Taught> taught() {
        var own = models.current();
        var known = new HashSet<String>();
        var taught = new ArrayList<Taught>();
        for (var said : said()) {
            var text = Normaliser.normalise(said.body());
            if (!known.add(text.text())) {
                continue;
            }
            taught(said, text, own).ifPresent(taught::add);
        }
        return taught.reversed();
    }

    /** Empty where nobody knows its language, or it can't be scored in time: then nothing would score its like. */
    private Optional<Taught> taught(Said said, NormalisedText text, OwnSet own) {
        try {
            var shipped = scorers.logOddsInBackground(said.body(), text, said.language(), OwnSet.NONE);
            if (shipped.language().equals(LanguageDetector.UNDETERMINED)) {
                return Optional.empty();
            }
            var before = scorers.logOddsInBackground(said.body(), text, said.language(), own);
            return Optional.of(
                    new Taught(
                            said.body(), text.text(), said.language(), said.writer(), said.labels(), shipped, before));
        } catch (NotInTime e) {
            return Optional.empty();
        }
    }

    /** Newest first. */
    private List<Said> said() {
        var decisions =
                decided.decisions(MOST).stream()
                        .map(decision ->
                                new Said(
                                        PersonalData.in(decision.body()).masked(),
                                        decision.siteLanguage(),
                                        decision.writer(),
                                        labels(decision),
                                        decision.at()));
        var suggestions =
                decided.suggestions(MOST).stream()
                        .map(suggestion ->
                                new Said(
                                        suggestion.text(),
                                        suggestion.language(),
                                        suggestion.id().toString(),
                                        labels(suggestion),
                                        suggestion.at()));
        return Stream.concat(decisions, suggestions)
                .filter(said -> !said.labels().isEmpty())
                .sorted(Comparator.comparing(Said::at).reversed())
                .limit(MOST)
                .toList();
    }

    /** An approval says what a comment is not; a rejection only what it is: what else it is, nobody said. */
    static Map<String, Boolean> labels(Decided.Decision decision) {
        return switch (DecisionAction.valueOf(decision.action())) {
            case APPROVE -> APPROVED;
            case SPAM -> Map.of("spam", true);
            case REJECT -> decision.reason() == null ? Map.of() : labels(RejectionReason.valueOf(decision.reason()));
            case ESCALATE -> Map.of();
        };
    }

    private static Map<String, Boolean> labels(RejectionReason reason) {
        return switch (reason) {
            case ABUSE -> Map.of("toxicity", true, "insult", true);
            case HATE -> Map.of("toxicity", true, "identity_attack", true);
            case THREAT -> Map.of("toxicity", true, "threat", true);
            case SPAM -> Map.of("spam", true);
            case ILLEGAL, OFF_TOPIC, OTHER, PERSONAL_DATA -> Map.of();
        };
    }

    private Map<String, Boolean> labels(Decided.Suggestion suggestion) {
        return json.read(suggestion.scores(), SCORES).entrySet().stream()
                .filter(score -> Labels.attributes().contains(score.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, score -> score.getValue() >= YES));
    }
}
