package dev.parley.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the command line of {@code evaluate} asks for.
 *
 * @param models folder of the models
 * @param data folder of the files that are meant when none is named, and of the training files that a card counts
 * @param cards where to write model cards
 * @param json where to write all figures
 * @param errors how many of the worst errors of a kind to print
 * @param language of texts that do not say theirs
 * @param sources what the sources are
 * @param files to judge on; empty for the dev files of the data folder
 */
record EvaluateOptions(
        Path models,
        Path data,
        @Nullable Path cards,
        @Nullable Path json,
        int errors,
        String language,
        Evaluation.Sources sources,
        List<Path> files) {
    static final String USAGE =
            """
            Usage: ./parley evaluate [OPTION…] [FILE…]
            FILE: JSONL, also .gz, one object a line with text and labels 0 or 1 (%s);
            lang and src if known. Without any: the dev files of the data folder, and the program's own functional suite.
              --models FOLDER    models to judge (src/main/resources/models)
              --data FOLDER      labelled comments (../shared/data)
              --cards FOLDER     write model cards with plots there (docs/models)
              --json FILE        write all figures there
              --errors N         print the N most wrong texts of each kind, and nothing of them anywhere else
              --language CODE    of texts without lang (en)
              --unseen SRC,…     sources that no model was trained on (davidson)
              --suite SRC,…      sources that are functional suites (hatecheck,own-suite)\
            """
                    .formatted(String.join(", ", LabelledFiles.labelNames()));

    /** The options, or empty if they cannot be understood. */
    static Optional<EvaluateOptions> of(String... args) {
        var models = Path.of("src/main/resources/models");
        var data = Path.of("../shared/data");
        Path cards = null;
        Path json = null;
        int errors = 0;
        var language = "en";
        Set<String> unseen = Set.of("davidson");
        Set<String> suite = Set.of("hatecheck", Suite.SOURCE);
        var files = new ArrayList<Path>();
        for (int i = 0; i < args.length; i++) {
            if (!args[i].startsWith("--")) {
                files.add(Path.of(args[i]));
                continue;
            }
            if (i + 1 == args.length) return Optional.empty();
            var value = args[i + 1];
            switch (args[i++]) {
                case "--models" -> models = Path.of(value);
                case "--data" -> data = Path.of(value);
                case "--cards" -> cards = Path.of(value);
                case "--json" -> json = Path.of(value);
                case "--errors" -> {
                    if (!value.matches("\\d{1,6}")) return Optional.empty();
                    errors = Integer.parseInt(value);
                }
                case "--language" -> language = value;
                case "--unseen" -> unseen = names(value);
                case "--suite" -> suite = names(value);
                default -> {
                    return Optional.empty();
                }
            }
        }
        var sources = new Evaluation.Sources(unseen, suite);
        return Optional.of(new EvaluateOptions(models, data, cards, json, errors, language, sources, files));
    }

    private static Set<String> names(String list) {
        return new TreeSet<>(List.of(list.split(",")));
    }
}
