package dev.parley.training;

import dev.parley.scoring.Calibration;
import dev.parley.scoring.FeatureCounts;
import dev.parley.scoring.Features;
import dev.parley.scoring.ModelFile;
import dev.parley.scoring.WeightTable;
import dev.parley.text.NormalisedText;
import dev.parley.text.Normaliser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import me.tongfei.progressbar.ProgressBar;
import opennlp.tools.ml.TrainerFactory;
import opennlp.tools.ml.maxent.quasinewton.QNModel;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.Context;
import opennlp.tools.ml.model.Event;
import opennlp.tools.util.ObjectStream;
import opennlp.tools.util.TrainingParameters;
import org.jspecify.annotations.Nullable;

/**
 * Makes one model: OpenNLP's maximum entropy classifier with quasi-Newton training over {@link Features}. Settings are
 * those that were best by measurement (docs/models.md). The same comments in the same order make the same file.
 */
final class Trainer {
    private static final int ITERATIONS = 100;
    private static final double L2_COST = 2;

    /** Features in fewer texts than this teach only those texts. */
    private static final int CUTOFF = 5;

    private static final int CUTOFF_FOR_FEW = 3;
    private static final int FEW = 10_000;

    /** Weights are kept in steps of this; finer ones change no score by a visible amount and double the file. */
    private static final double WEIGHT_STEP = 1.0 / 1024;

    private record Example(NormalisedText text, boolean yes) {}

    private final Recipe recipe;
    private final List<Example> examples = new ArrayList<>();
    private final List<Example> heldBack = new ArrayList<>();

    private Trainer(Recipe recipe) {
        this.recipe = recipe;
    }

    static ModelFile train(Recipe recipe, List<LabelledComment> comments) throws IOException {
        var trainer = new Trainer(recipe);
        trainer.gather(comments);
        return trainer.train();
    }

    private void gather(List<LabelledComment> comments) {
        for (var comment : ProgressBar.wrap(comments, recipe.attribute() + ": texts")) {
            Optional<Boolean> label = recipe.example(comment);
            if (label.isEmpty()) continue;
            var example = new Example(Normaliser.normalise(comment.text()), label.get());
            (recipe.isHeldBack(comment) ? heldBack : examples).add(example);
        }
    }

    private ModelFile train() throws IOException {
        int cutoff = examples.size() < FEW ? CUTOFF_FOR_FEW : CUTOFF;
        var counted = documentCounts();
        System.err.printf(
                "%s: %,d texts (%,d of them with it), %,d held back (%,d)%n",
                recipe.attribute(), examples.size(), positives(examples), heldBack.size(), positives(heldBack));

        var parameters = new TrainingParameters();
        parameters.put(TrainingParameters.ALGORITHM_PARAM, "MAXENT_QN");
        parameters.put(TrainingParameters.ITERATIONS_PARAM, ITERATIONS);
        parameters.put(TrainingParameters.CUTOFF_PARAM, 0); // done here, before strings are made
        parameters.put("DataIndexer", "OnePassRealValue");
        parameters.put("L1Cost", 0.0);
        parameters.put("L2Cost", L2_COST);
        parameters.put(TrainingParameters.THREADS_PARAM, 1); // the order of additions decides the last digits
        var trainer = TrainerFactory.getEventTrainer(parameters, new HashMap<>());
        var trained = (AbstractModel) trainer.train(new Events(counted, cutoff));

        var model = rounded(trained);
        return new ModelFile(recipe.attribute(), recipe.languages(), calibration(model), recipe.version(), model);
    }

    private static long positives(List<Example> examples) {
        return examples.stream().filter(Example::yes).count();
    }

    private FeatureCounts documentCounts() {
        var counted = new FeatureCounts();
        var once = new FeatureCounts();
        for (var example : ProgressBar.wrap(examples, recipe.attribute() + ": features")) {
            once.clear();
            visit(
                    example.text(),
                    (key, _, _, _) -> {
                        if (once.add(key)) counted.add(key);
                    });
        }
        return counted;
    }

    private static void visit(NormalisedText text, Features.Visitor visitor) {
        Features.visit(text.text(), 0, text.text().length(), visitor);
    }

    /** The library's form of the examples, made one at a time. */
    private final class Events implements ObjectStream<Event> {
        private final FeatureCounts counted;
        private final int cutoff;
        private final FeatureCounts once = new FeatureCounts();
        private final Map<Long, String> names = new HashMap<>();
        private int next;

        Events(FeatureCounts counted, int cutoff) {
            this.counted = counted;
            this.cutoff = cutoff;
        }

        @Override
        public @Nullable Event read() {
            if (next == examples.size()) return null;
            var example = examples.get(next++);
            var context = new ArrayList<String>();
            context.add(Features.BIAS);
            once.clear();
            visit(
                    example.text(),
                    (key, kind, start, end) -> {
                        if (!once.add(key) || counted.count(key) < cutoff) return;
                        context.add(
                                names.computeIfAbsent(key, _ -> kind + example.text().text().substring(start, end)));
                    });
            var values = new float[context.size()];
            Arrays.fill(values, (float) WeightTable.value(once.size()));
            values[0] = 1;
            return new Event(example.yes() ? ModelFile.YES : ModelFile.NO, context.toArray(String[]::new), values);
        }

        @Override
        public void reset() {
            next = 0;
        }
    }

    /** The same model with weights in steps, and without the features whose weight is none. */
    @SuppressWarnings("unchecked") // the library's own untyped accessor
    private static AbstractModel rounded(AbstractModel model) {
        var data = model.getDataStructures();
        var contexts = (Map<String, Context>) data[1];
        var keptNames = new ArrayList<String>();
        var kept = new ArrayList<Context>();
        for (var entry : new TreeMap<>(contexts).entrySet()) {
            var context = entry.getValue();
            var weights = new double[context.getParameters().length];
            boolean any = false;
            for (int i = 0; i < weights.length; i++) {
                weights[i] = Math.round(context.getParameters()[i] / WEIGHT_STEP) * WEIGHT_STEP;
                any |= weights[i] != 0;
            }
            if (!any) continue;
            keptNames.add(entry.getKey());
            kept.add(new Context(context.getOutcomes(), weights));
        }
        return new QNModel(kept.toArray(Context[]::new), keptNames.toArray(String[]::new), (String[]) data[2]);
    }

    private Calibration calibration(AbstractModel model) {
        var uncalibrated =
                new ModelFile(recipe.attribute(), recipe.languages(), Calibration.NONE, recipe.version(), model);
        var table = new WeightTable(List.of(uncalibrated));
        var raw = new double[heldBack.size()];
        var yes = new boolean[heldBack.size()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = table.raw(heldBack.get(i).text())[0];
            yes[i] = heldBack.get(i).yes();
        }
        return Platt.fit(raw, yes);
    }
}
