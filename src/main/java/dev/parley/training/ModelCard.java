package dev.parley.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The page about a model: what it is for, what it was made from, how it was judged, where it fails. Only what {@code
 * errors/LANGUAGE-ATTRIBUTE.md} beside it says is written by hand.
 */
final class ModelCard {
    private static final int MOST_POINTS = 250;

    private static final String BROUGHT =
            " The scores are brought to a forum where one comment in ten is toxic, hence the calibration error above.";

    private final Path folder;
    private final Recipe recipe;
    private final Figures figures;
    private final EvaluateOptions options;
    private final String name;
    private final Report report = new Report();

    private ModelCard(Path folder, Recipe recipe, Figures figures, EvaluateOptions options) {
        this.folder = folder;
        this.recipe = recipe;
        this.figures = figures;
        this.options = options;
        name = recipe.languages().getFirst() + "-" + recipe.attribute();
    }

    /** Writes the card and its picture. */
    static void write(Path folder, Recipe recipe, Figures figures, EvaluateOptions options) throws IOException {
        Files.createDirectories(folder);
        var card = new ModelCard(folder, recipe, figures, options);
        Files.writeString(folder.resolve(card.name + ".md"), card.page());
    }

    private String page() throws IOException {
        report.line("# Model card: %s, %s", recipe.attribute(), String.join(" and ", recipe.languages()));
        report.line("");
        report.line(
                "Written by `./parley evaluate --cards docs/models`; what holds for all models, and what each figure means, is in"
                        + " [models.md](../models.md).");
        use();
        data();
        making();
        report.line("");
        report.line("## Figures");
        picture();
        report.line("%s", FiguresPage.of(figures));
        limits();
        errors();
        return report.toString();
    }

    private void use() {
        report.line("");
        report.line("## Use");
        report.line(
                "A calibrated probability that a reader's comment is %s, for a policy's thresholds and a moderator's eye.",
                meaning());
        report.line("It judges words, not truth or context, and is not made to judge a person.");
        if (recipe.lowConfidence()) {
            report.line("");
            report.line(
                    "**Low confidence**: few examples stand behind this model. Order a queue by it, do not reject by it.");
        }
    }

    private void data() throws IOException {
        report.line("");
        report.line("## Data");
        report.line(
                "%s. Sources and licences: [NOTICE-sources.md](NOTICE-sources.md).",
                String.join(", ", recipe.files().stream().map(file -> "`" + file + "`").toList()));
        for (var file : recipe.files()) {
            if (!Files.isReadable(options.data().resolve(file))) {
                report.line("The files were not at hand when this page was written, so nothing is counted here.");
                return;
            }
        }
        report.line("Examples taken from them, and from the program's own, by source:");
        report.header("source", "in training", "of them with it", "held back for calibration", "of them with it");
        var counts = new TreeMap<String, int[]>();
        for (var file : recipe.files()) count(LabelledFiles.read(options.data().resolve(file)), counts);
        count(LabelledFiles.own(), counts);
        count(OwnTemplates.all(), counts);
        counts.forEach((source, n) ->
                report.row(
                        "`" + source + "`",
                        FiguresPage.count(n[0]),
                        FiguresPage.count(n[1]),
                        FiguresPage.count(n[2]),
                        FiguresPage.count(n[3])));
    }

    private void count(List<LabelledComment> comments, Map<String, int[]> counts) {
        for (var comment : comments) {
            var example = recipe.label(comment);
            if (example.isEmpty() || !recipe.languages().contains(comment.language())) continue;
            var n = counts.computeIfAbsent(comment.source(), _ -> new int[4]);
            int at = recipe.isHeldBack(comment) ? 2 : 0;
            n[at]++;
            if (example.get()) n[at + 1]++;
        }
    }

    /** All that the list of models says of this one. */
    private void making() throws IOException {
        report.line("");
        report.line("## Making");
        report.line(
                "OpenNLP maximum entropy over words, word pairs and pieces of words; how, in"
                        + " [ADR 4](../adr/0004-scoring-with-opennlp.md). Equal data make equal bytes.");
        report.header("", "");
        report.row("version", "`" + figures.version() + "`");
        report.row("file", FiguresPage.count(figures.bytes()) + " bytes");
        report.row("calibration", FiguresPage.formula(figures.calibration()));
        for (var setting : settings().entrySet()) report.row(setting.getKey(), "`" + setting.getValue() + "`");
    }

    private Map<String, String> settings() throws IOException {
        var list = options.models().resolve("models.properties");
        var settings = new TreeMap<String, String>();
        if (!Files.isReadable(list)) return settings;
        var properties = new Properties();
        try (var in = Files.newBufferedReader(list)) {
            properties.load(in);
        }
        var prefix = recipe.languages().getFirst() + "/" + recipe.attribute() + ".";
        for (var key : properties.stringPropertyNames()) {
            if (key.startsWith(prefix)) settings.put(key.substring(prefix.length()), properties.getProperty(key));
        }
        List.of("version", "calibration", "data").forEach(settings::remove); // said already
        return settings;
    }

    private void picture() throws IOException {
        Optional<Plots> plots = ServiceLoader.load(Plots.class).findFirst();
        if (plots.isEmpty() || figures.curves().isEmpty()) return;
        plots.get().write(pictures(), folder.resolve("img").resolve(name + ".png"));
        report.line("");
        report.line("![Receiver operating characteristic, precision over recall, and reliability](img/%s.png)", name);
    }

    private List<Plots.Picture> pictures() {
        var roc = new ArrayList<Plots.Line>();
        var precision = new ArrayList<Plots.Line>();
        for (var curve : figures.curves()) {
            var points = thinned(curve.points());
            roc.add(line(curve.name(), 0, points, true));
            precision.add(line(curve.name(), 1, points, false));
        }
        var bins = figures.reliability();
        var reliability =
                List.of(
                        new Plots.Line(
                                figures.thresholdTexts(),
                                bins.stream().map(Judged.Bin::meanScore).toList(),
                                bins.stream().map(Judged.Bin::share).toList()),
                        new Plots.Line("as it should be", List.of(0.0, 1.0), List.of(0.0, 1.0)));
        return List.of(
                new Plots.Picture("ROC", "false alarms", "recall", roc),
                new Plots.Picture("Precision and recall", "recall", "precision", precision),
                new Plots.Picture("Reliability", "score", "share that has it", reliability));
    }

    private static Plots.Line line(String name, double firstY, List<Judged.Point> points, boolean roc) {
        var x = new ArrayList<Double>(List.of(0.0));
        var y = new ArrayList<Double>(List.of(firstY));
        for (var point : points) {
            x.add(roc ? point.falseAlarms() : point.recall());
            y.add(roc ? point.recall() : point.precision());
        }
        return new Plots.Line(name, x, y);
    }

    private static List<Judged.Point> thinned(List<Judged.Point> points) {
        int n = Math.min(points.size(), MOST_POINTS);
        return IntStream.rangeClosed(1, n).mapToObj(i -> points.get((int) ((long) i * points.size() / n) - 1)).toList();
    }

    private void limits() {
        report.line("## Limits");
        report.line("%s", limitsOf());
    }

    private void errors() throws IOException {
        var file = folder.resolve("errors").resolve(name + ".md");
        if (!Files.isReadable(file)) return;
        report.line("");
        report.line("## Three telling errors");
        report.line("%s", Files.readString(file).strip());
    }

    private String meaning() {
        return switch (recipe.attribute()) {
            case "toxicity" -> "rude, disrespectful or otherwise likely to make somebody leave the discussion";
            case "severe_toxicity" -> "so hateful or aggressive that nearly everybody would leave the discussion";
            case "insult" -> "an insult to a person or a group";
            case "identity_attack" -> "an attack on people for what they are";
            case "profanity" -> "obscene";
            case "threat" -> "a threat of harm";
            case "spam" -> "advertising or a lure";
            default -> recipe.attribute();
        };
    }

    private String limitsOf() {
        return switch (recipe.languages().getFirst() + "-" + recipe.attribute()) {
            case "en-toxicity" ->
                    "Negation, quotation and irony are not understood (\"you are not an idiot\"); news comments that quarrel score"
                            + " high, because the news data was chosen for doubtful cases; polite contempt scores low. The only"
                            + " never-seen source here is tweets whose labels are known to lean against African-American English.";
            case "en-insult" -> "Most examples are news comments; calibrated on talk pages.";
            case "en-identity_attack" ->
                    "Trained mostly on sexism and on adversarial hate with emoji, and on short texts of our own about other groups."
                            + " Calibrated for a forum where one comment in twenty is such an attack; the files of hate here hold far more,"
                            + " hence the calibration error above.";
            case "en-severe_toxicity" ->
                    "Ninety-five examples from one source, of which a fifth was held back: read it as an order, not as a share.";
            case "en-spam" ->
                    "Phone messages, channel posts and video comments are not news comments; links are better judged by rules. Russian"
                            + " examples are few.";
            case "ru-toxicity" ->
                    "1,500 comments of one network, judged by one annotator, and plain insults of our own. Wide intervals; what that"
                            + " annotator calls toxic is what it learnt.";
            case "de-toxicity" ->
                    "Tweets of 2018, many about the same few quarrels of that year; offensive there means insult, abuse or profanity."
                            + BROUGHT;
            case "pt-toxicity" ->
                    "Brazilian tweets; what one of three annotators called toxic was left out, so the doubtful is missing."
                            + BROUGHT;
            case "fr-toxicity" ->
                    "Tweets found by words of hate, four in five of them toxic, whose labels follow the topic; what it knows of calm"
                            + " comments it has from texts of our own."
                            + BROUGHT;
            default -> "Few examples, calibrated on them: read it as an order, not as a share.";
        };
    }
}
