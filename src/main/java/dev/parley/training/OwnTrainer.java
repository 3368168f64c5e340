package dev.parley.training;

import dev.parley.scoring.Calibration;
import dev.parley.scoring.Features;
import dev.parley.scoring.ModelFile;
import dev.parley.scoring.OwnReport;
import dev.parley.scoring.OwnReport.Figures;
import dev.parley.scoring.OwnReport.Word;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Teaches one model from what a tenant's people decided, on top of the shipped one: it learns what share of the shipped
 * model's log-odds to take, a constant, and weights of words. Trained on the older three quarters of the decisions, and
 * compared on the rest with what scored before. The same decisions make the same file. Reads and writes nothing.
 *
 * <p>How much words may say is chosen by cross-validation over the training part, down to nothing at all; the settings
 * and what they are worth stand in {@code docs/models.md}.
 */
final class OwnTrainer {
    /** Fewer decisions teach chance. */
    static final int FEWEST = 100;

    /** As few of either kind, in all. */
    static final int FEWEST_OF_A_KIND = 25;

    /** And among those held back. */
    private static final int FEWEST_HELD_BACK = 5;

    private static final double TRAINED_ON = 0.75;

    /** A word that fewer people wrote says something about them, and is left out. */
    static final int WRITERS = 3;

    private static final double[] L2_COSTS = {0.5, 2, 8, 32};
    private static final int FOLDS = 4;

    /** So many newest examples say as well as more how much words may say. */
    private static final int CHOSEN_ON = 4_000;

    private static final int ITERATIONS = 60;
    private static final Settings WORDS_SAY_NOTHING =
            new Settings(Features.SHAPE, Integer.MAX_VALUE, 1, 0, false, ITERATIONS);

    /** A model with nothing below it must rank two of three pairs right, or nearly: less is of no use to a queue. */
    private static final double LEAST_AUC = 0.65;

    private static final double SAME = 1e-9;
    private static final int MOST_WORDS = 12;

    /** Scores texts with a model that was just taught in force. */
    @FunctionalInterface
    interface Trial {
        ToDoubleFunction<Taught> with(byte[] file);
    }

    /**
     * What came of it.
     *
     * @param file null if the model is not better than what scored before
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Result(String version, byte @Nullable [] file, OwnReport report) {}

    private final String language;
    private final String attribute;

    OwnTrainer(String language, String attribute) {
        this.language = language;
        this.attribute = attribute;
    }

    /**
     * Trains and compares.
     *
     * @param decisions those of the language that tell of the attribute, oldest first
     * @return empty if they are too few
     */
    Optional<Result> train(List<Taught> decisions, Trial trial) {
        int cut = (int) (decisions.size() * TRAINED_ON);
        var training = decisions.subList(0, cut);
        var heldBack = decisions.subList(cut, decisions.size());
        if (decisions.size() < FEWEST
                || !hasBoth(decisions, FEWEST_OF_A_KIND)
                || !hasBoth(heldBack, FEWEST_HELD_BACK)) {
            return Optional.empty();
        }
        var chosenOn = training.subList(Math.max(0, cut - CHOSEN_ON), cut);
        var weights = fit(training, choose(chosenOn));
        double slope = 1 + weights.getOrDefault(Features.BASE, 0.0);
        double intercept = weights.getOrDefault(Features.BIAS, 0.0);
        weights.keySet().removeAll(List.of(Features.BASE, Features.BIAS));
        var file = write(new Calibration(slope, intercept, 0), weights);
        var shipped = figures(heldBack, taught -> odds(taught.shipped().byAttribute()));
        var before = figures(heldBack, taught -> odds(taught.before().byAttribute()));
        var after = figures(heldBack, trial.with(file));
        boolean hasShipped = decisions.getFirst().shipped().byAttribute().containsKey(attribute);
        boolean hadBefore = decisions.getFirst().before().byAttribute().containsKey(attribute);
        var report =
                new OwnReport(
                        decisions.size(),
                        (int) with(decisions),
                        cut,
                        heldBack.size(),
                        (int) with(heldBack),
                        hasShipped ? shipped : null,
                        hadBefore ? before : null,
                        after,
                        words(weights, Comparator.reverseOrder()),
                        words(weights, Comparator.naturalOrder()));
        boolean better =
                slope > 0
                        && isBetter(after, before)
                        && isBetter(after, shipped)
                        && (hadBefore
                                || after.auc() >= LEAST_AUC && after.logLoss() < surpriseOfNone(training, heldBack));
        return Optional.of(new Result(versionOf(file), better ? file : null, report));
    }

    private static boolean isBetter(Figures after, Figures before) {
        return after.logLoss() < before.logLoss() && after.auc() >= before.auc() - SAME;
    }

    /** How much the decisions surprise who knows nothing but the share of the older ones. */
    private double surpriseOfNone(List<Taught> training, List<Taught> heldBack) {
        double odds = Math.log((with(training) + 1.0) / (training.size() - with(training) + 1.0));
        return figures(heldBack, _ -> odds).logLoss();
    }

    /** The settings under which examples are least surprising to a model that was trained on others'. */
    private Settings choose(List<Taught> examples) {
        var best = settings(L2_COSTS[0]);
        double least = Double.POSITIVE_INFINITY;
        var all = new ArrayList<Settings>();
        for (double cost : L2_COSTS) all.add(settings(cost));
        if (examples.getFirst().shipped().byAttribute().containsKey(attribute)) all.add(WORDS_SAY_NOTHING);
        for (var settings : all) {
            double surprise = crossValidated(examples, settings);
            if (surprise >= least) continue;
            least = surprise;
            best = settings;
        }
        return best;
    }

    private static Settings settings(double l2Cost) {
        return new Settings(Features.SHAPE, WRITERS, l2Cost, 1, false, ITERATIONS);
    }

    private double crossValidated(List<Taught> examples, Settings settings) {
        double surprise = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            var in = new ArrayList<Taught>();
            var out = new ArrayList<Taught>();
            for (var example : examples) {
                (Math.floorMod(example.writer().hashCode(), FOLDS) == fold ? out : in).add(example);
            }
            if (in.isEmpty() || out.isEmpty()) continue;
            var weights = new OwnWeights(fit(in, settings));
            for (var example : out) {
                double odds = weights.logOdds(odds(example.shipped().byAttribute()), example.text());
                surprise += surprise(odds, isYes(example));
            }
        }
        return surprise;
    }

    private Map<String, Double> fit(List<Taught> taught, Settings settings) {
        var examples = new Examples();
        for (var one : taught) {
            examples.add(one.text(), one.writer(), isYes(one) ? 1 : 0, 1, odds(one.shipped().byAttribute()));
        }
        examples.indexBySource(settings);
        return examples.plain(Likelihood.fitQuietly(examples, settings));
    }

    private byte[] write(Calibration onTop, Map<String, Double> weights) {
        try {
            return new ModelFile(attribute, List.of(language), onTop, "own", Trainer.model(weights)).write();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is written to memory
        }
    }

    private static String versionOf(byte[] file) {
        try {
            return ModelFile.read(file).version();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it was written just now
        }
    }

    private Figures figures(List<Taught> taught, ToDoubleFunction<Taught> logOdds) {
        var judged = new ArrayList<Judged.One>();
        double surprise = 0;
        int needless = 0;
        int missed = 0;
        for (var one : taught) {
            double odds = logOdds.applyAsDouble(one);
            boolean yes = isYes(one);
            judged.add(new Judged.One(odds, yes));
            surprise += surprise(odds, yes);
            if (odds >= 0 && !yes) needless++;
            if (odds < 0 && yes) missed++;
        }
        return new Figures(new Judged(judged).auc(), surprise / taught.size(), needless, missed);
    }

    private static double surprise(double odds, boolean yes) {
        return Math.log1p(Math.exp(yes ? -odds : odds));
    }

    private double odds(Map<String, Double> byAttribute) {
        return byAttribute.getOrDefault(attribute, 0.0);
    }

    private boolean isYes(Taught taught) {
        return Boolean.TRUE.equals(taught.labels().get(attribute));
    }

    private long with(List<Taught> taught) {
        return taught.stream().filter(this::isYes).count();
    }

    private boolean hasBoth(List<Taught> taught, int fewest) {
        return with(taught) >= fewest && taught.size() - with(taught) >= fewest;
    }

    /** The words that were learnt, the first in this order of weights first, as far as they are on its side. */
    private static List<Word> words(Map<String, Double> weights, Comparator<Double> order) {
        return weights.entrySet().stream()
                .filter(entry -> Features.isWord(entry.getKey()) && order.compare(entry.getValue(), 0.0) < 0)
                .sorted(Map.Entry.<String, Double>comparingByValue(order).thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_WORDS)
                .map(entry -> new Word(entry.getKey().substring(1), entry.getValue()))
                .toList();
    }
}
