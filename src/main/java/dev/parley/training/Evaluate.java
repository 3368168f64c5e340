package dev.parley.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.parley.scoring.ModelFile;
import dev.parley.scoring.Scorers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;

/**
 * {@code ./parley evaluate}: judges the models on labelled comments and prints the figures, last the table of what was
 * to be reached; {@link EvaluateOptions#USAGE} says what else it can do. The same texts and models give the same
 * output. Exit code 2, with the reason on standard error and nothing written, if a file or an option is wrong or there
 * is nothing to judge.
 */
public final class Evaluate {
    private static final List<String> DEV =
            List.of(
                    "toxicity.en.dev.jsonl.gz",
                    "identity.en.dev.jsonl.gz",
                    "tweets.en.dev.jsonl.gz",
                    "spam.dev.jsonl.gz",
                    "toxicity.ru.dev.jsonl.gz",
                    "toxicity.de.dev.jsonl.gz",
                    "toxicity.pt.dev.jsonl.gz",
                    "toxicity.fr.dev.jsonl.gz");

    /** Loads its models when it is first asked. */
    private static final Scorers SHIPPED = new Scorers();

    private static final String ENGLISH_TOXICITY = "en/toxicity";
    private static final int SHOWN = 300;
    private static final String INDEX =
            """
            # The shipped models

            Written by `./parley evaluate --cards docs/models`; what each figure means is in [models.md](../models.md).

            """;

    /** What makes the run end with code 2. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /** A model with its recipe and the size of its file. */
    private record Candidate(Recipe recipe, ModelFile model, int bytes) {}

    /** What the shipped scorers made of the texts of a language. */
    private record Heard(String language, int n, long asLabelled, long undetermined, long scored, long byEnglish) {}

    private final EvaluateOptions options;
    private final PrintStream out;

    private Evaluate(EvaluateOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** The command. */
    public static void main(String[] args) throws IOException {
        System.exit(run(new PrintStream(System.out, true, StandardCharsets.UTF_8), System.err, args));
    }

    static int run(PrintStream out, PrintStream err, String... args) throws IOException {
        var options = EvaluateOptions.of(args);
        if (options.isEmpty()) {
            err.println(EvaluateOptions.USAGE);
            return 2;
        }
        try {
            new Evaluate(options.get(), out).run();
            return 0;
        } catch (Refused | LabelledFiles.BadLine e) {
            err.println(e.getMessage());
            return 2;
        }
    }

    private void run() throws IOException, Refused {
        var comments = comments();
        var candidates = candidates();
        var texts = new ScoredTexts(comments, candidates.stream().map(Candidate::model).toList());
        var all = new ArrayList<Figures>();
        for (var candidate : candidates) {
            var evaluation = new Evaluation(candidate.model(), candidate.recipe().label(), options.sources(), texts);
            if (!evaluation.isPossible()) continue;
            var figures = evaluation.figures(candidate.bytes());
            all.add(figures);
            print(figures);
            printErrors(evaluation);
            if (options.cards() != null) ModelCard.write(options.cards(), candidate.recipe(), figures, options);
        }
        if (all.isEmpty()) throw new Refused("No model judges what these files are labelled with, in their languages.");
        var heard = heard(texts);
        var targets = Targets.of(all, foreign(heard));
        var summary = sizes(all) + "\n" + table(heard) + "\n" + Targets.table(targets);
        out.print(summary);
        if (options.cards() != null) Files.writeString(options.cards().resolve("README.md"), INDEX + summary);
        if (options.json() != null) writeJson(all, targets);
    }

    private List<Candidate> candidates() throws IOException, Refused {
        var candidates = new ArrayList<Candidate>();
        for (var recipe : Recipe.ALL) {
            var file = options.models().resolve(recipe.languages().getFirst() + "/" + recipe.attribute() + ".bin");
            if (!Files.isReadable(file)) continue;
            var bytes = Files.readAllBytes(file);
            candidates.add(new Candidate(recipe, ModelFile.read(bytes), bytes.length));
        }
        if (candidates.isEmpty()) throw new Refused("There is no model in " + options.models());
        return candidates;
    }

    private List<LabelledComment> comments() throws IOException, Refused {
        var files = options.files().isEmpty() ? devFiles() : options.files();
        var comments = new ArrayList<LabelledComment>();
        for (var file : files) {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new Refused("Cannot read " + file + ".\n" + EvaluateOptions.USAGE);
            }
            var read = LabelledFiles.read(file);
            if (read.isEmpty()) throw new Refused(file + " holds no comment.");
            if (read.stream().allMatch(comment -> comment.labels().isEmpty())) {
                throw new Refused(file + " holds no label that is known here. Known: " + LabelledFiles.labelNames());
            }
            read.stream().map(this::withLanguage).forEach(comments::add);
        }
        if (options.files().isEmpty()) comments.addAll(Suite.all());
        return comments;
    }

    private List<Path> devFiles() {
        return DEV.stream().map(name -> options.data().resolve(name)).toList();
    }

    private LabelledComment withLanguage(LabelledComment comment) {
        return comment.language().equals("und") ? comment.in(options.language()) : comment;
    }

    private void print(Figures figures) {
        out.printf(
                Locale.ROOT,
                "## %s (%s)%nVersion %s, %,d bytes, calibration %s.%n",
                figures.attribute(),
                String.join(", ", figures.languages()),
                figures.version(),
                figures.bytes(),
                FiguresPage.formula(figures.calibration()));
        out.println(FiguresPage.of(figures));
    }

    private void printErrors(Evaluation evaluation) {
        for (var text : evaluation.errors(options.errors())) {
            var shown = text.comment().text().replaceAll("\\s+", " ");
            out.printf(
                    Locale.ROOT,
                    "%.4f  %s  %s %s%n       %s%n",
                    text.score(),
                    text.source(),
                    text.comment().id(),
                    new TreeMap<>(text.comment().labels()),
                    shown.substring(0, Math.min(SHOWN, shown.length())));
        }
        if (options.errors() > 0) out.println();
    }

    /** What the shipped scorers make of the languages of the texts: detected as, and scored for toxicity or not. */
    private List<Heard> heard(ScoredTexts texts) {
        var byLanguage = new TreeMap<String, List<LabelledComment>>();
        var comments =
                texts.comments().stream().filter(one -> !options.sources().suite().contains(one.source())).toList();
        comments.forEach(one -> byLanguage.computeIfAbsent(one.language(), _ -> new ArrayList<>()).add(one));
        var english = Optional.ofNullable(SHIPPED.versions().get(ENGLISH_TOXICITY));
        try (var bar = new ProgressBar("languages", comments.size())) {
            return byLanguage.entrySet().stream()
                    .map(entry -> {
                        var scores =
                                entry.getValue().parallelStream()
                                        .map(comment -> {
                                            bar.step();
                                            return SHIPPED.scoreOnly(comment.text(), "en");
                                        })
                                        .toList();
                        return new Heard(
                                entry.getKey(),
                                scores.size(),
                                scores.stream().filter(s -> s.language().equals(entry.getKey())).count(),
                                scores.stream().filter(s -> s.language().equals("und")).count(),
                                scores.stream().filter(s -> s.scored()).count(),
                                scores.stream()
                                        .flatMap(s -> Stream.ofNullable(s.byAttribute().get("toxicity")))
                                        .filter(s -> english.filter(s.modelVersion()::equals).isPresent())
                                        .count());
                    })
                    .toList();
        }
    }

    private static Targets.Foreign foreign(List<Heard> heard) {
        var foreign = heard.stream().filter(one -> one.language().equals("ru") || one.language().equals("uk")).toList();
        return new Targets.Foreign(
                foreign.stream().mapToInt(Heard::n).sum(), foreign.stream().mapToLong(Heard::byEnglish).sum());
    }

    private static String table(List<Heard> heard) {
        var report = new Report();
        report.line("## Languages, by the shipped models on a site in English");
        report.header("labelled", "n", "detected so", "undetermined", "scored for toxicity", "by the English model");
        for (var one : heard) {
            report.row(
                    one.language(),
                    FiguresPage.count(one.n()),
                    share(one.asLabelled(), one.n()),
                    share(one.undetermined(), one.n()),
                    share(one.scored(), one.n()),
                    share(one.byEnglish(), one.n()));
        }
        return report.toString();
    }

    private String sizes(List<Figures> all) {
        var report = new Report();
        report.line("## Models");
        report.header("model", "version", "bytes", "AUC, all", "AUC, natural mix", "calibration error");
        for (var figures : all) {
            var name = figures.languages().getFirst() + "-" + figures.attribute();
            var natural = figures.measures(Figures.NATURAL);
            report.row(
                    "[" + name + "](" + name + ".md)",
                    "`" + figures.version() + "`",
                    FiguresPage.count(figures.bytes()),
                    FiguresPage.number("%.4f", figures.measures(Figures.ALL).map(Slice.Measures::auc).orElse(null)),
                    FiguresPage.number("%.4f", natural.map(Slice.Measures::auc).orElse(null)),
                    FiguresPage.number(
                            "%.4f",
                            figures.measures(figures.thresholdTexts())
                                    .map(Slice.Measures::calibrationError)
                                    .orElse(null)));
        }
        report.row("all", "", FiguresPage.count(all.stream().mapToLong(Figures::bytes).sum()), "", "", "");
        return report.toString();
    }

    private static String share(long part, int all) {
        return FiguresPage.percent((double) part / all);
    }

    private void writeJson(List<Figures> all, List<Targets.Row> targets) throws IOException {
        var json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        var tree = json.createObjectNode();
        tree.set("models", json.valueToTree(all));
        tree.set("targets", json.valueToTree(targets));
        Files.writeString(options.json(), json.writeValueAsString(tree) + "\n");
    }
}
