package dev.parley.training;

import dev.parley.scoring.ModelFile;
import dev.parley.scoring.Scorers;
import dev.parley.scoring.WeightTable;
import dev.parley.text.NormalisedText;
import dev.parley.text.Normaliser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import me.tongfei.progressbar.ProgressBar;

/**
 * {@code ./parley evaluate [--models FOLDER] [--cards FOLDER] FILE…}: judges the models on labelled comments, prints
 * the figures and, with {@code --cards}, writes them into model cards. Without files it takes the dev files of the data
 * folder. Exit code 2 if a file is missing.
 */
public final class Evaluate {
    private static final Path DATA = Path.of("../shared/data");
    private static final Path MODELS = Path.of("src/main/resources/models");
    private static final List<String> DEV =
            List.of(
                    "toxicity.en.dev.jsonl.gz",
                    "identity.en.dev.jsonl.gz",
                    "spam.dev.jsonl.gz",
                    "toxicity.ru.dev.jsonl.gz");

    private static final int DISGUISED = 1_000;
    private static final int LONGEST_DISGUISED = 200;
    private static final double RECALL = 0.8;
    private static final double[] THRESHOLDS = {.1, .2, .3, .4, .5, .6, .7, .8, .85, .9, .95, .98, .99, .995, .999};

    /** A comment with its folded text, folded once for all models. */
    private record Folded(LabelledComment comment, NormalisedText text) {}

    private Evaluate() {}

    /** The command. */
    public static void main(String[] args) throws IOException {
        System.exit(run(args));
    }

    static int run(String... args) throws IOException {
        var models = MODELS;
        Optional<Path> cards = Optional.empty();
        var files = new ArrayList<Path>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--models" -> models = Path.of(args[++i]);
                case "--cards" -> cards = Optional.of(Path.of(args[++i]));
                default -> files.add(Path.of(args[i]));
            }
        }
        if (files.isEmpty()) DEV.forEach(name -> files.add(DATA.resolve(name)));
        for (var file : files) {
            if (Files.isReadable(file)) continue;
            System.err.println(
                    "Cannot read "
                            + file
                            + ". Wanted: JSONL, also .gz, with text and labels 0 or 1 such as toxic, spam.");
            return 2;
        }
        var comments = new ArrayList<Folded>();
        for (var file : files) {
            for (var comment : ProgressBar.wrap(LabelledFiles.read(file), file.getFileName().toString())) {
                comments.add(new Folded(comment, Normaliser.normalise(comment.text())));
            }
        }
        for (var recipe : Recipe.ALL) {
            var file = models.resolve(recipe.languages().getFirst() + "/" + recipe.attribute() + ".bin");
            if (!Files.exists(file)) continue;
            var bytes = Files.readAllBytes(file);
            var report = report(recipe, ModelFile.read(bytes), bytes.length, comments);
            System.out.println(report);
            if (cards.isPresent()) {
                Files.createDirectories(cards.get());
                var card = recipe.languages().getFirst() + "-" + recipe.attribute() + ".md";
                Files.writeString(cards.get().resolve(card), ModelCard.of(recipe, report));
            }
        }
        System.out.println(languages(comments));
        return 0;
    }

    private static String report(Recipe recipe, ModelFile model, int bytes, List<Folded> comments) {
        var table = new WeightTable(List.of(model));
        var report = new Report();
        report.line("## " + recipe.attribute() + " (" + String.join(", ", recipe.languages()) + ")");
        report.line(
                "Version `%s`, %,d bytes, calibration %.4f × log-odds %+.4f.",
                model.version(), bytes, model.calibration().slope(), model.calibration().intercept());

        var scored = new LinkedHashMap<LabelledComment, Judged.One>();
        for (var one : comments) {
            if (!recipe.languages().contains(one.comment().language())) continue;
            var label = truth(recipe, one.comment());
            if (label.isPresent())
                scored.put(one.comment(), new Judged.One(probability(table, one.text()), label.get()));
        }
        var all = select(scored, _ -> true);
        var natural = select(scored, comment -> Recipe.NATURAL.contains(comment.source()));
        report.header(
                "texts",
                "n",
                "with it",
                "AUC",
                "PR-AUC",
                "best F1",
                "F1 at .5",
                "precision at recall .8",
                "calibration error");
        row(report, "all", all);
        if (natural.positives() > 0) row(report, "natural mix", natural);
        for (var source : sources(scored))
            row(report, "`" + source + "`", select(scored, c -> c.source().equals(source)));

        var base = natural.positives() >= 50 ? natural : all;
        double at80 = base.thresholdForRecall(RECALL);
        report.line("");
        report.line("Texts flagged that do not have it, at the threshold that catches 80 %% (%.3f):", at80);
        report.header("source", "flagged");
        for (var source : sources(scored)) {
            var part = select(scored, c -> c.source().equals(source));
            if (part.size() > part.positives())
                report.row("`" + source + "`", "%.1f %%".formatted(100 * part.at(at80).falseAlarms()));
        }
        report.line("");
        report.line("Thresholds on %s:", base == natural ? "the natural mix" : "all texts");
        report.header("threshold", "precision", "recall", "false alarms");
        for (double threshold : THRESHOLDS) {
            var at = base.at(threshold);
            report.row(
                    "%.3f".formatted(threshold),
                    "%.3f".formatted(at.precision()),
                    "%.3f".formatted(at.recall()),
                    "%.2f %%".formatted(100 * at.falseAlarms()));
        }
        if (recipe.attribute().equals("toxicity")) disguises(report, table, scored, at80);
        if (recipe.attribute().equals("spam")) strangers(report, table, comments);
        return report.toString();
    }

    private static Optional<Boolean> truth(Recipe recipe, LabelledComment comment) {
        return recipe.label(comment);
    }

    private static double probability(WeightTable table, NormalisedText text) {
        return table.columns().getFirst().calibration().probability(table.raw(text)[0]);
    }

    private static Judged select(Map<LabelledComment, Judged.One> scored, Predicate<LabelledComment> wanted) {
        return new Judged(
                scored.entrySet().stream().filter(one -> wanted.test(one.getKey())).map(Map.Entry::getValue).toList());
    }

    private static List<String> sources(Map<LabelledComment, Judged.One> scored) {
        return scored.keySet().stream().map(LabelledComment::source).distinct().sorted().toList();
    }

    private static void row(Report report, String name, Judged judged) {
        if (!judged.hasBoth()) {
            report.row(
                    name, "%,d".formatted(judged.size()), "%,d".formatted(judged.positives()), "", "", "", "", "", "");
            return;
        }
        report.row(
                name,
                "%,d".formatted(judged.size()),
                "%,d".formatted(judged.positives()),
                "%.4f".formatted(judged.auc()),
                "%.4f".formatted(judged.averagePrecision()),
                "%.3f".formatted(judged.bestF1()),
                "%.3f".formatted(judged.f1(.5)),
                "%.3f".formatted(judged.at(judged.thresholdForRecall(RECALL)).precision()),
                "%.4f".formatted(judged.calibrationError()));
    }

    /** Short toxic texts that the model catches or not, and what a disguise changes. */
    private static void disguises(
            Report report, WeightTable table, Map<LabelledComment, Judged.One> scored, double threshold) {
        var texts =
                scored.entrySet().stream()
                        .filter(one -> one.getValue().yes() && one.getKey().text().length() <= LONGEST_DISGUISED)
                        .limit(DISGUISED)
                        .map(one -> one.getKey().text())
                        .toList();
        report.line("");
        report.line(
                "Recall on %,d short texts at that threshold, every word of four letters and more hidden:",
                texts.size());
        report.header("disguise", "recall");
        for (var disguise : Disguise.values()) {
            var random = new Random(1);
            long caught =
                    texts.stream()
                            .map(text -> Normaliser.normalise(disguise.apply(text, random)))
                            .filter(text -> probability(table, text) >= threshold)
                            .count();
            report.row(
                    disguise.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    "%.3f".formatted((double) caught / Math.max(1, texts.size())));
        }
    }

    /** Comments that were written under articles and on talk pages: hardly any of them advertises. */
    private static void strangers(Report report, WeightTable table, List<Folded> comments) {
        var bySource = new TreeMap<String, List<Judged.One>>();
        for (var one : comments) {
            if (one.comment().label("spam").isPresent()) continue;
            var score = new Judged.One(probability(table, one.text()), false);
            bySource.computeIfAbsent(one.comment().source(), _ -> new ArrayList<>()).add(score);
        }
        if (bySource.isEmpty()) return;
        report.line("");
        report.line("Comments of other sources called spam:");
        report.header("source", "n", "at .5", "at .9", "at .98");
        bySource.forEach((source, ones) -> {
            var judged = new Judged(ones);
            report.row(
                    "`" + source + "`",
                    "%,d".formatted(judged.size()),
                    "%.2f %%".formatted(100 * judged.at(.5).falseAlarms()),
                    "%.2f %%".formatted(100 * judged.at(.9).falseAlarms()),
                    "%.2f %%".formatted(100 * judged.at(.98).falseAlarms()));
        });
    }

    /** What the shipped scorers make of the languages of the texts: detected as, and scored for toxicity or not. */
    private static String languages(List<Folded> comments) {
        var scorers = new Scorers();
        var report = new Report();
        report.line("## Languages");
        report.header("labelled", "n", "detected so", "undetermined", "scored for toxicity");
        var byLanguage = new TreeMap<String, List<Folded>>();
        comments.forEach(one -> byLanguage.computeIfAbsent(one.comment().language(), _ -> new ArrayList<>()).add(one));
        byLanguage.forEach((language, ones) -> {
            var scores = ones.stream().map(one -> scorers.score(one.comment().text(), one.text(), "en")).toList();
            report.row(
                    language,
                    "%,d".formatted(ones.size()),
                    share(scores.stream().filter(s -> s.language().equals(language)).count(), ones.size()),
                    share(scores.stream().filter(s -> s.language().equals("und")).count(), ones.size()),
                    share(scores.stream().filter(s -> s.scored()).count(), ones.size()));
        });
        return report.toString();
    }

    private static String share(long part, int all) {
        return "%.1f %%".formatted(100.0 * part / all);
    }
}
