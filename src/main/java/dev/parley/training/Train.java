package dev.parley.training;

import dev.parley.scoring.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * {@code ./parley train [--data FOLDER] [--out FOLDER] [MODEL…]}: makes the shipped models, or some of them, from
 * labelled comments, and the list of their checksums. A model is named by its attribute, or by language and attribute
 * as in {@code de/toxicity}. Exit code 2 if data is missing or a model is unknown.
 */
public final class Train {
    private static final Path DATA = Path.of("../shared/data");
    private static final Path MODELS = Path.of("src/main/resources/models");

    private Train() {}

    /** The command. */
    public static void main(String[] args) throws IOException {
        System.exit(run(args));
    }

    static int run(String... args) throws IOException {
        var data = DATA;
        var out = MODELS;
        var wanted = new ArrayList<String>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--data" -> data = Path.of(args[++i]);
                case "--out" -> out = Path.of(args[++i]);
                default -> wanted.add(args[i]);
            }
        }
        var recipes = Recipe.named(wanted);
        if (recipes.isEmpty()) {
            System.err.println("No such model. Known: " + Recipe.ALL.stream().map(Recipe::name).toList());
            return 2;
        }
        if (!complain(missing(recipes, data), data)) return 2;
        var files = new LinkedHashMap<String, List<LabelledComment>>();
        for (var recipe : recipes) train(recipe, data, files, out);
        return 0;
    }

    /** Says which files are missing; true if none is. */
    static boolean complain(List<String> missing, Path data) {
        if (missing.isEmpty()) return true;
        System.err.println("These files are needed in " + data + " (--data names another folder):");
        missing.forEach(file -> System.err.println("  " + file));
        System.err.println(
                "One JSON object a line with id, src, lang, text and labels 0 or 1; docs/models.md says more.");
        return false;
    }

    /** Those of the recipes' files that cannot be read. */
    static List<String> missing(List<Recipe> recipes, Path data) {
        return recipes.stream()
                .flatMap(recipe -> Stream.concat(recipe.files().stream(), recipe.calibrationFiles().stream()))
                .distinct()
                .filter(file -> !Files.isReadable(data.resolve(file)))
                .toList();
    }

    private static void train(Recipe recipe, Path data, Map<String, List<LabelledComment>> read, Path out)
            throws IOException {
        var comments = read(recipe.files(), data, read);
        comments.addAll(LabelledFiles.own());
        comments.addAll(OwnTemplates.all());
        long start = System.nanoTime();
        var trained = Trainer.train(recipe, comments, read(recipe.calibrationFiles(), data, read));
        var bytes = trained.model().write();
        var name = recipe.name();
        var target = out.resolve(name + ".bin");
        Files.createDirectories(target.getParent());
        Files.write(target, bytes);
        record(recipe, trained, bytes, out);
        System.err.printf(
                "%s: %,d bytes after %d s%n", target, bytes.length, (System.nanoTime() - start) / 1_000_000_000);
    }

    private static List<LabelledComment> read(List<String> files, Path data, Map<String, List<LabelledComment>> read)
            throws IOException {
        var comments = new ArrayList<LabelledComment>();
        for (var file : files) {
            if (!read.containsKey(file)) read.put(file, LabelledFiles.read(data.resolve(file)));
            comments.addAll(read.get(file));
        }
        return comments;
    }

    /** Keeps {@code models.properties}: sorted, and without the date that Java would write. */
    private static void record(Recipe recipe, Trainer.Trained trained, byte[] bytes, Path out) throws IOException {
        var name = recipe.name();
        var calibration = trained.model().calibration();
        var list = out.resolve("models.properties");
        var entries = new TreeMap<String, String>();
        if (Files.exists(list)) {
            for (var line : Files.readAllLines(list)) {
                int equals = line.indexOf('=');
                if (equals > 0 && !line.startsWith("#"))
                    entries.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        entries.put(name + ".sha256", ModelFile.sha256(bytes));
        entries.put(name + ".version", recipe.version() + "-" + ModelFile.sha256(bytes).substring(0, 8));
        entries.put(name + ".languages", String.join(",", recipe.languages()));
        entries.put(name + ".data", String.join(",", recipe.files()));
        entries.put(
                name + ".calibration",
                DoubleStream.of(calibration.slope(), calibration.intercept(), calibration.bend())
                        .mapToObj(Double::toString)
                        .collect(Collectors.joining(",")));
        entries.put(name + ".settings", trained.settings().toString());
        if (!Double.isNaN(recipe.prior())) entries.put(name + ".prior", Double.toString(recipe.prior()));
        entries.put(name + ".confidence", recipe.lowConfidence() ? "low" : "normal");
        entries.put(name + ".command", "./parley train " + recipe.name());
        var lines = new ArrayList<String>();
        lines.add("# The shipped models. Written by ./parley train; a test compares the checksums.");
        entries.forEach((key, value) -> lines.add(key + "=" + value));
        Files.write(list, lines);
    }
}
