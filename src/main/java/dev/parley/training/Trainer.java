package dev.parley.training;

import dev.parley.scoring.Calibration;
import dev.parley.scoring.ModelFile;
import dev.parley.scoring.WeightTable;
import dev.parley.text.Normaliser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import me.tongfei.progressbar.ProgressBar;
import opennlp.tools.ml.maxent.quasinewton.QNModel;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.Context;

/**
 * Makes one model: OpenNLP's maximum entropy classifier with quasi-Newton training over the features of {@link
 * Examples}. The same comments in the same order make the same file.
 */
final class Trainer {
    /** Weights are kept in steps of this; finer ones change no score by a visible amount and double the file. */
    private static final double WEIGHT_STEP = 1.0 / 1024;

    /** A model and the settings that it was made with. */
    record Trained(ModelFile model, Settings settings) {}

    private Trainer() {}

    /**
     * Trains and calibrates.
     *
     * @param comments the examples; those that the recipe holds back are used for calibration only
     * @param calibration further comments for calibration alone
     */
    static Trained train(Recipe recipe, List<LabelledComment> comments, List<LabelledComment> calibration) {
        var examples = new Examples();
        var heldBack = new ArrayList<LabelledComment>();
        for (var comment : ProgressBar.wrap(comments, recipe.name() + ": texts")) {
            var share = recipe.share(comment);
            if (share.isEmpty()) continue;
            if (recipe.isHeldBack(comment)) heldBack.add(comment);
            else add(examples, comment, share.get(), recipe);
        }
        for (var comment : calibration) if (recipe.calibrates(comment)) heldBack.add(comment);
        var settings = recipe.settings(examples.size());
        System.err.printf(
                "%s: %,d texts (%,d of them with it), calibrated on %,d; %s%n",
                recipe.name(), examples.size(), examples.positives(), heldBack.size(), settings);
        var model = model(weights(examples, settings));
        var fitted = calibration(recipe, file(recipe, Calibration.NONE, model), heldBack);
        return new Trained(file(recipe, fitted, model), settings);
    }

    private static void add(Examples examples, LabelledComment comment, double share, Recipe recipe) {
        examples.add(Normaliser.normalise(comment.text()), comment.source(), share, recipe.weight(comment));
    }

    private static ModelFile file(Recipe recipe, Calibration calibration, AbstractModel model) {
        return new ModelFile(recipe.attribute(), recipe.languages(), calibration, recipe.version(), model);
    }

    /** The weights for these examples, each feature's by its name. */
    static Map<String, Double> weights(Examples examples, Settings settings) {
        examples.index(settings);
        return examples.plain(Likelihood.fit(examples, settings));
    }

    /** The library's model of these weights, in steps, without the features whose weight is none. */
    static AbstractModel model(Map<String, Double> weights) {
        var names = new ArrayList<String>();
        var contexts = new ArrayList<Context>();
        for (var entry : new TreeMap<>(weights).entrySet()) {
            double weight = Math.round(entry.getValue() / WEIGHT_STEP) * WEIGHT_STEP;
            if (weight == 0) continue;
            names.add(entry.getKey());
            contexts.add(new Context(new int[] {1}, new double[] {weight}));
        }
        return new QNModel(
                contexts.toArray(Context[]::new),
                names.toArray(String[]::new),
                new String[] {ModelFile.NO, ModelFile.YES});
    }

    private static Calibration calibration(Recipe recipe, ModelFile model, List<LabelledComment> heldBack) {
        var table = new WeightTable(List.of(model));
        var raw = new double[heldBack.size()];
        var yes = new boolean[heldBack.size()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = table.raw(Normaliser.normalise(heldBack.get(i).text()))[0];
            yes[i] = recipe.label(heldBack.get(i)).orElseThrow();
        }
        return Platt.fit(raw, yes, recipe.prior());
    }
}
