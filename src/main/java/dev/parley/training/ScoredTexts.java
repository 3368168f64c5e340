package dev.parley.training;

import dev.parley.scoring.ModelFile;
import dev.parley.scoring.WeightTable;
import dev.parley.text.NormalisedText;
import dev.parley.text.Normaliser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import me.tongfei.progressbar.ProgressBar;

/** Comments, each folded once and scored once by all models of its language. */
final class ScoredTexts {
    /** A comment with its folded text and what the models of its language say, in the order of their table. */
    private record Text(LabelledComment comment, NormalisedText folded, double[] raw) {}

    private static final double[] NONE = {};

    private final Map<String, WeightTable> tables = new HashMap<>();
    private final List<Text> texts;

    ScoredTexts(List<LabelledComment> comments, List<ModelFile> all) {
        var models = new HashMap<String, List<ModelFile>>();
        for (var model : all) {
            for (var language : model.languages()) models.computeIfAbsent(language, _ -> new ArrayList<>()).add(model);
        }
        models.forEach((language, its) -> tables.put(language, new WeightTable(its)));
        try (var bar = new ProgressBar("scoring", comments.size())) {
            texts =
                    IntStream.range(0, comments.size())
                            .parallel()
                            .mapToObj(i -> {
                                bar.step();
                                return scored(comments.get(i));
                            })
                            .toList();
        }
    }

    private Text scored(LabelledComment comment) {
        var folded = Normaliser.normalise(comment.text());
        var table = tables.get(comment.language());
        return new Text(comment, folded, table == null ? NONE : table.raw(folded));
    }

    /** The texts in the languages of a model, with its scores, in their order. */
    List<JudgedText> of(ModelFile model) {
        return texts.stream()
                .filter(text -> model.languages().contains(text.comment().language()))
                .map(text -> new JudgedText(text.comment(), text.folded(), probability(model, text)))
                .toList();
    }

    private double probability(ModelFile model, Text text) {
        return model.calibration().probability(text.raw()[column(model, text.comment().language())]);
    }

    /** What a model says to another text of one of its languages. */
    double score(ModelFile model, String language, String text) {
        double raw = table(language).raw(Normaliser.normalise(text))[column(model, language)];
        return model.calibration().probability(raw);
    }

    private WeightTable table(String language) {
        return Objects.requireNonNull(tables.get(language), () -> "no model of " + language);
    }

    private int column(ModelFile model, String language) {
        var columns = table(language).columns();
        for (int i = 0; i < columns.size(); i++) if (columns.get(i).version().equals(model.version())) return i;
        throw new IllegalArgumentException("unknown model " + model.version());
    }

    List<LabelledComment> comments() {
        return texts.stream().map(Text::comment).toList();
    }
}
