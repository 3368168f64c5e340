package dev.parley.training;

import dev.parley.scoring.FeatureCounts;
import dev.parley.scoring.Features;
import dev.parley.scoring.WeightTable;
import dev.parley.text.NormalisedText;
import dev.parley.text.Normaliser;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * {@code ./parley search [--data FOLDER] [--share PART] [--folds N] MODEL…}: tries settings for a model by
 * cross-validation over its training files and prints what each reached, best first. No file of the dev or of any other
 * set is read. {@code --share 0.3} takes three tenths of the texts, for a quicker look. Exit code 2 if data is missing
 * or a model is unknown.
 *
 * <p>Two figures decide. <em>Folds</em>: the mean AUC over random folds, on the texts that are like a forum where there
 * are such. <em>Unseen</em>: the mean AUC over sources, each judged by a model that was trained without it, for a
 * publisher's comments are from no source that is here.
 */
public final class Search {
    private static final Path DATA = Path.of("../shared/data");
    private static final int FOLDS = 3;
    private static final int FEWEST_OF_EACH = 30;

    /** A text of the training files. */
    private record Text(LabelledComment comment, NormalisedText text, double share, double weight, boolean yes) {}

    private record Outcome(Settings settings, double folds, double unseen) {
        double both() {
            return Double.isNaN(unseen) ? folds : (folds + unseen) / 2;
        }
    }

    private Search() {}

    /** The command. */
    public static void main(String[] args) throws IOException {
        System.exit(run(new PrintStream(System.out, true, StandardCharsets.UTF_8), args));
    }

    static int run(PrintStream out, String... args) throws IOException {
        var data = DATA;
        double share = 1;
        int folds = FOLDS;
        var wanted = new ArrayList<String>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--data" -> data = Path.of(args[++i]);
                case "--share" -> share = Double.parseDouble(args[++i]);
                case "--folds" -> folds = Integer.parseInt(args[++i]);
                default -> wanted.add(args[i]);
            }
        }
        var recipes = Recipe.named(wanted);
        if (wanted.isEmpty() || recipes.isEmpty()) {
            System.err.println("No such model. Known: " + Recipe.ALL.stream().map(Recipe::name).toList());
            return 2;
        }
        if (!Train.complain(Train.missing(recipes, data), data)) return 2;
        for (var recipe : recipes) out.println(report(recipe, search(recipe, texts(recipe, data, share), folds)));
        return 0;
    }

    /** The settings to try: one thing changed at a time from the best known, so that the table says what each does. */
    static List<Settings> grid(Settings best) {
        var tried = new ArrayList<Settings>();
        tried.add(best);
        for (double power : new double[] {0, .5, 1, 1.5})
            tried.add(with(best, best.shape(), best.cutoff(), best.l2Cost(), power));
        for (double cost : new double[] {.5, 1, 2, 4, 8})
            tried.add(with(best, best.shape(), best.cutoff(), cost, best.naiveBayes()));
        for (int cutoff : new int[] {2, 3, 5, 10})
            tried.add(with(best, best.shape(), cutoff, best.l2Cost(), best.naiveBayes()));
        for (var shape :
                List.of(
                        new Features.Shape(2, 5, true),
                        new Features.Shape(3, 5, false),
                        new Features.Shape(3, 6, true),
                        new Features.Shape(3, 4, true),
                        new Features.Shape(4, 5, true))) {
            tried.add(with(best, shape, best.cutoff(), best.l2Cost(), best.naiveBayes()));
        }
        tried.add(
                new Settings(
                        best.shape(),
                        best.cutoff(),
                        best.l2Cost(),
                        best.naiveBayes(),
                        !best.withinSources(),
                        best.iterations()));
        return tried.stream().distinct().toList();
    }

    private static Settings with(Settings best, Features.Shape shape, int cutoff, double cost, double power) {
        return new Settings(shape, cutoff, cost, power, best.withinSources(), best.iterations());
    }

    private static List<Text> texts(Recipe recipe, Path data, double part) throws IOException {
        var texts = new ArrayList<Text>();
        for (var file : recipe.files()) {
            for (var comment : LabelledFiles.read(data.resolve(file))) {
                var share = recipe.share(comment);
                if (share.isEmpty() || Recipe.part(comment.id(), 1000) >= part * 1000) continue;
                boolean yes = recipe.label(comment).orElse(share.get() > .5);
                var text = Normaliser.normalise(comment.text());
                texts.add(new Text(comment, text, share.get(), recipe.weight(comment), yes));
            }
        }
        return texts;
    }

    private static List<Outcome> search(Recipe recipe, List<Text> texts, int folds) {
        var outcomes = new ArrayList<Outcome>();
        for (var settings : grid(recipe.settings(texts.size()))) {
            var outcome = new Outcome(settings, acrossFolds(texts, settings, folds), acrossSources(texts, settings));
            System.err.printf(
                    "%s: folds %.4f, unseen %.4f: %s%n", recipe.name(), outcome.folds(), outcome.unseen(), settings);
            outcomes.add(outcome);
        }
        outcomes.sort(Comparator.comparingDouble(Outcome::both).reversed());
        return outcomes;
    }

    private static double acrossFolds(List<Text> texts, Settings settings, int folds) {
        double sum = 0;
        boolean natural = texts.stream().filter(t -> isNatural(t) && t.yes()).count() >= FEWEST_OF_EACH;
        for (int fold = 0; fold < folds; fold++) {
            int held = fold;
            // another part of the id than --share looks at
            Predicate<Text> isHeld = text -> Recipe.part(text.comment().id() + "fold", folds) == held;
            var judged = texts.stream().filter(isHeld).toList();
            var weights = weights(texts.stream().filter(isHeld.negate()).toList(), settings);
            sum += judge(judged.stream().filter(t -> !natural || isNatural(t)).toList(), weights, settings).auc();
        }
        return sum / folds;
    }

    private static double acrossSources(List<Text> texts, Settings settings) {
        double sum = 0;
        int count = 0;
        for (var source : texts.stream().map(t -> t.comment().source()).distinct().sorted().toList()) {
            var judged = texts.stream().filter(t -> t.comment().source().equals(source)).toList();
            long yes = judged.stream().filter(Text::yes).count();
            if (yes < FEWEST_OF_EACH
                    || judged.size() - yes < FEWEST_OF_EACH
                    || yes == texts.stream().filter(Text::yes).count()) continue;
            var weights = weights(texts.stream().filter(t -> !t.comment().source().equals(source)).toList(), settings);
            sum += judge(judged, weights, settings).auc();
            count++;
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    private static boolean isNatural(Text text) {
        return Recipe.NATURAL.contains(text.comment().source());
    }

    private static Map<String, Double> weights(List<Text> texts, Settings settings) {
        var examples = new Examples();
        for (var text : texts) examples.add(text.text(), text.comment().source(), text.share(), text.weight());
        return Trainer.weights(examples, settings);
    }

    private static Judged judge(List<Text> texts, Map<String, Double> weights, Settings settings) {
        var once = new FeatureCounts();
        var judged = new ArrayList<Judged.One>();
        for (var text : texts) {
            var letters = text.text().text();
            double[] sum = {0};
            once.clear();
            Features.visit(
                    letters,
                    0,
                    letters.length(),
                    settings.shape(),
                    (key, kind, start, end) -> {
                        if (once.add(key)) sum[0] += weights.getOrDefault(kind + letters.substring(start, end), 0.0);
                    });
            double bias = weights.getOrDefault(Features.BIAS, 0.0);
            judged.add(new Judged.One(bias + sum[0] * WeightTable.value(once.size()), text.yes()));
        }
        return new Judged(judged);
    }

    private static String report(Recipe recipe, List<Outcome> outcomes) {
        var report = new Report();
        report.line("## %s", recipe.name());
        report.header("folds", "unseen", "settings");
        for (var outcome : outcomes) {
            report.row(
                    "%.4f".formatted(outcome.folds()),
                    Double.isNaN(outcome.unseen()) ? "" : "%.4f".formatted(outcome.unseen()),
                    outcome.settings().toString());
        }
        return report.toString();
    }
}
