package dev.parley.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.text.NormalisedText;
import dev.parley.text.Normaliser;
import dev.parley.text.Rows;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;
import opennlp.tools.ml.model.Context;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The table against the library, on every shipped model and on random texts. A failure names the seed; give it as
 * {@code -Dparley.seed=…} to see it again.
 */
class WeightTableTest {
    private static final double EQUAL = 1e-6;
    private static final int TEXTS_PER_MODEL = 60;
    private static final int LONGEST_COMMENT = 64_000;
    private static final long SEED = Long.getLong("parley.seed", System.nanoTime());

    private static final Map<String, ModelFile> MODELS = new LinkedHashMap<>();

    @BeforeAll
    static void read() throws IOException {
        var list = new Properties();
        try (var in = WeightTableTest.class.getResourceAsStream("/models/models.properties")) {
            list.load(in);
        }
        for (var key : new TreeSet<>(list.stringPropertyNames())) {
            if (!key.endsWith(".sha256")) continue;
            var name = key.substring(0, key.length() - ".sha256".length());
            try (var in = WeightTableTest.class.getResourceAsStream("/models/" + name + ".bin")) {
                MODELS.put(name, ModelFile.read(in));
            }
        }
    }

    static Stream<String> models() {
        return MODELS.keySet().stream();
    }

    static Stream<String> languages() {
        return MODELS.values().stream().flatMap(model -> model.languages().stream()).distinct();
    }

    private static List<ModelFile> modelsOf(String language) {
        return MODELS.values().stream().filter(model -> model.languages().contains(language)).toList();
    }

    @ParameterizedTest
    @MethodSource("models")
    void the_weights_when_read_without_the_library_are_those_that_it_reads(String name) throws IOException {
        try (var in = WeightTableTest.class.getResourceAsStream("/models/" + name + ".bin")) {
            var read = ModelWeights.read(in.readAllBytes());
            var expected = ModelWeights.of(MODELS.get(name));
            assertEquals(expected.column(), read.column());
            assertEquals(expected.languages(), read.languages());
            assertEquals(expected.bias(), read.bias());
            assertEquals(byKey(expected), byKey(read));
            assertTrue(read.keys().length > 1_000);
        }
    }

    private static Map<Long, Float> byKey(ModelWeights model) {
        var byKey = new HashMap<Long, Float>();
        for (int i = 0; i < model.keys().length; i++) byKey.put(model.keys()[i], model.weights()[i]);
        return byKey;
    }

    @ParameterizedTest
    @MethodSource("models")
    void the_table_when_compared_with_the_library_gives_equal_log_odds(String name) {
        var model = MODELS.get(name);
        var table = new WeightTable(List.of(model));
        var texts = new RandomTexts(SEED, contexts(model));
        int windows = 0;

        for (int i = 0; i < TEXTS_PER_MODEL; i++) {
            var folded = Normaliser.normalise(texts.next());
            int before = windows;
            double most = Double.NEGATIVE_INFINITY;
            for (var window : Windows.of(folded.text())) {
                most = Math.max(most, byLibrary(model, folded.text(), window));
                windows++;
            }
            int number = i;
            assertEquals(most, table.raw(folded)[0], EQUAL, () -> "text " + number + ", seed " + SEED);
            assertTrue(windows > before);
        }
        assertTrue(windows > TEXTS_PER_MODEL, "some texts must have windows");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void one_table_of_all_models_when_compared_with_one_of_each_gives_equal_scores(String language) {
        var models = modelsOf(language);
        var together = new WeightTable(models);
        var alone = models.stream().map(model -> new WeightTable(List.of(model))).toList();

        for (var row : Rows.in("/scoring/comments.jsonl")) {
            var folded = Normaliser.normalise(row.payload());
            var raw = together.raw(folded);
            for (int i = 0; i < raw.length; i++) assertEquals(alone.get(i).raw(folded)[0], raw[i], EQUAL, row.id());
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void bias_and_contributions_when_added_up_are_the_calibrated_log_odds(String language) {
        var models = modelsOf(language);
        var table = new WeightTable(models);
        var texts = new RandomTexts(SEED, contexts(models.getFirst()));

        for (int i = 0; i < 4 * TEXTS_PER_MODEL; i++) {
            var folded = Normaliser.normalise(texts.next());
            var raw = table.raw(folded);
            var scores = table.score(folded);
            var contributions = table.contributions(folded);
            for (int column = 0; column < models.size(); column++) {
                var calibration = models.get(column).calibration();
                double sum = calibration.logOdds(table.bias()[column]);
                for (var span : contributions.get(column)) sum += span.contribution();
                var place = "text " + i + ", " + models.get(column).attribute() + ", seed " + SEED;
                assertEquals(calibration.logOdds(raw[column]), sum, EQUAL, place);
                assertEquals(1 / (1 + Math.exp(-sum)), scores.get(column).value(), EQUAL, place);
                assertEquals(strongest(contributions.get(column)), scores.get(column).spans(), place);
            }
        }
    }

    /** What is kept of an explanation: at most five words that raised the score, the strongest first. */
    private static List<Span> strongest(List<Span> contributions) {
        return contributions.stream()
                .filter(span -> span.contribution() > 0)
                .sorted((a, b) -> Double.compare(b.contribution(), a.contribution()))
                .limit(5)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void spans_when_made_lie_in_the_original_in_order_and_apart(String language) {
        var models = modelsOf(language);
        var table = new WeightTable(models);
        var texts = new RandomTexts(SEED, contexts(models.getLast()));

        for (int i = 0; i < 8 * TEXTS_PER_MODEL; i++) {
            var text = texts.next();
            for (var spans : table.contributions(Normaliser.normalise(text))) {
                int behind = 0;
                for (var span : spans) {
                    var place = span + " of text " + i + ", seed " + SEED;
                    assertTrue(span.start() >= behind && span.start() < span.end(), place);
                    assertTrue(span.end() <= text.length(), place);
                    behind = span.end();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "you «1d10t», go",
                "you «i.d.i.o.t» go",
                "you «i d i o t» go",
                "you «i-d-i-o-t» go",
                "you «i_d_i_o_t» go",
                "you «i\u200bd\u200bi\u200bo\u200bt» go",
                "you «i\u0301d\u0301i\u0301o\u0301t\u0301» go",
                "you «ｉｄｉｏｔ» go",
                "you «𝐢𝐝𝐢𝐨𝐭» go",
                "you «ⓘⓓⓘⓞⓣ» go",
                "you «іdіоt» go",
                "you «idiooooot» go",
                "you «idoit» go",
                "you «id*ot» go",
                "you «i&#100;iot» go",
                "you «idi\u00adot» go",
                "«f*ck» off",
                "«sh*t»!",
                "«b**ch»",
                "an «@sshole», and more",
                "an «a$$hole» here"
            })
    void a_disguised_word_when_explained_is_shown_as_a_whole(String marked) {
        int start = marked.indexOf('«');
        int end = marked.indexOf('»') - 1;
        var text = marked.replace("«", "").replace("»", "");
        var toxicity = MODELS.get("en/toxicity");

        var spans = new WeightTable(List.of(toxicity)).contributions(Normaliser.normalise(text)).getFirst();

        var span = spans.stream().filter(one -> one.start() <= start && one.end() > start).findFirst().orElseThrow();
        assertEquals(text.substring(start, end), text.substring(span.start(), span.end()));
        assertTrue(span.contribution() > 0, span::toString);
    }

    @Test
    void a_link_when_explained_is_one_span() {
        var text = "go to https://shop.example.org/free?a=b now";
        var spam = MODELS.get("en/spam");

        var spans = new WeightTable(List.of(spam)).contributions(Normaliser.normalise(text)).getFirst();

        var parts = spans.stream().map(span -> text.substring(span.start(), span.end())).toList();
        assertEquals(List.of("go", "to", "https://shop.example.org/free?a=b", "now"), parts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a ", "idiot ", "f.u.c.k ", "漢", "ж", "x.com ", "a*", "\ud83d\udc4d ", "1a", "&#100;", "ﷺ "})
    void sixty_four_thousand_of_anything_when_scored_take_bounded_time(String piece) {
        var table = new WeightTable(modelsOf("en"));
        var text = piece.repeat(LONGEST_COMMENT / piece.length());

        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> table.score(Normaliser.normalise(text)));
    }

    @Test
    void a_table_when_reused_after_a_long_text_gives_the_same_scores() {
        var table = new WeightTable(modelsOf("en"));
        NormalisedText first = Normaliser.normalise("You are a stupid idiot and a pathetic liar");
        var before = table.score(first);

        table.score(Normaliser.normalise("Nobody asked about the cost of the repair, idiot. ".repeat(2_000)));

        assertEquals(before, table.score(first));
    }

    private static double byLibrary(ModelFile model, String text, Windows.Window window) {
        var features = new HashSet<String>();
        Features.visit(
                text,
                window.from(),
                window.to(),
                (_, kind, start, end) -> features.add(kind + text.substring(start, end)));
        var values = new float[features.size() + 1];
        Arrays.fill(values, (float) WeightTable.value(features.size()));
        values[0] = 1;
        var context = new ArrayList<String>();
        context.add(Features.BIAS);
        context.addAll(features);
        var outcomes = model.model().eval(context.toArray(String[]::new), values);
        return Math.log(
                outcomes[model.model().getIndex(ModelFile.YES)] / outcomes[model.model().getIndex(ModelFile.NO)]);
    }

    @SuppressWarnings("unchecked") // the library's own untyped accessor
    private static Map<String, Context> contexts(ModelFile file) {
        return (Map<String, Context>) file.model().getDataStructures()[1];
    }
}
