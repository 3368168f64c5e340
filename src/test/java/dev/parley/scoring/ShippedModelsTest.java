package dev.parley.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.text.Normaliser;
import dev.parley.text.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedModelsTest {
    private static final Path MODELS = Path.of("src/main/resources/models");
    private static final long MOST_BYTES = 12_000_000;
    private static final double EQUAL = 1e-6;

    static List<Path> models() throws IOException {
        try (Stream<Path> files = Files.walk(MODELS)) {
            return files.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
        }
    }

    @Test
    void every_model_when_read_is_the_one_in_the_list_and_all_are_small_enough() throws IOException {
        var list = new Properties();
        try (var in = Files.newInputStream(MODELS.resolve("models.properties"))) {
            list.load(in);
        }
        long bytes = 0;
        for (var file : models()) {
            var name = MODELS.relativize(file).toString().replace(".bin", "");
            assertEquals(list.getProperty(name + ".sha256"), ModelFile.sha256(Files.readAllBytes(file)), name);
            assertEquals(list.getProperty(name + ".version"), ModelFile.read(Files.readAllBytes(file)).version(), name);
            bytes += Files.size(file);
        }
        assertEquals(
                models().size(), list.stringPropertyNames().stream().filter(key -> key.endsWith(".sha256")).count());
        assertTrue(bytes < MOST_BYTES);
    }

    @ParameterizedTest
    @MethodSource("models")
    void the_table_when_compared_with_the_library_gives_equal_scores(Path file) throws IOException {
        var model = ModelFile.read(Files.readAllBytes(file));
        var table = new WeightTable(List.of(model));

        for (var text : texts()) {
            var folded = Normaliser.normalise(text);
            if (Windows.of(folded.text()).size() > 1) continue;
            assertEquals(
                    byLibrary(model, folded.text()), Calibration.NONE.probability(table.raw(folded)[0]), EQUAL, text);
        }
    }

    @Test
    void one_table_of_all_models_when_compared_with_one_of_each_gives_equal_scores() throws IOException {
        var all = new ArrayList<ModelFile>();
        for (var file : models()) all.add(ModelFile.read(Files.readAllBytes(file)));
        var together = new WeightTable(all);
        var alone = all.stream().map(model -> new WeightTable(List.of(model))).toList();

        for (var text : texts()) {
            var folded = Normaliser.normalise(text);
            var raw = together.raw(folded);
            for (int i = 0; i < raw.length; i++) assertEquals(alone.get(i).raw(folded)[0], raw[i], EQUAL, text);
        }
    }

    @Test
    void contributions_when_added_up_are_the_log_odds() throws IOException {
        var model = ModelFile.read(Files.readAllBytes(models().getLast()));
        var table = new WeightTable(List.of(model));
        var empty = table.raw(Normaliser.normalise(""))[0];
        var text = Normaliser.normalise("You stupid");
        var score = table.score(text).getFirst();

        double sum = score.spans().stream().mapToDouble(Span::contribution).sum();
        double whole = (table.raw(text)[0] - empty) * model.calibration().slope();
        assertTrue(sum >= whole - EQUAL, "spans hold all that raised the score");
    }

    private static double byLibrary(ModelFile model, String text) {
        var features = new HashSet<String>();
        Features.visit(
                text, 0, text.length(), (_, kind, start, end) -> features.add(kind + text.substring(start, end)));
        var values = new float[features.size() + 1];
        Arrays.fill(values, (float) WeightTable.value(features.size()));
        values[0] = 1;
        var context = Stream.concat(Stream.of(Features.BIAS), features.stream()).toArray(String[]::new);
        return model.model().eval(context, values)[model.model().getIndex(ModelFile.YES)];
    }

    private static List<String> texts() {
        var texts = new ArrayList<String>();
        Rows.in("/scoring/comments.jsonl").forEach(row -> texts.add(row.payload()));
        var random = new Random(11);
        var words =
                "you are the idiot bridge thank fuck report https://a.invalid/x free money 👍 дурак über naïve mayor kill"
                        .split(" ");
        for (int i = 0; i < 200; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(40); n > 0; n--) text.append(words[random.nextInt(words.length)]).append(' ');
            texts.add(text.toString());
        }
        return texts;
    }
}
