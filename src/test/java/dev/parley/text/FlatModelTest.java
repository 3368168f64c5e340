package dev.parley.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.Context;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FlatModelTest {

    private static final int TEXTS = 300;
    private static final double FLOAT = 1e-5;

    private static LanguageDetectorModel file;
    private static AbstractModel original;
    private static FlatModel flat;

    @BeforeAll
    static void read() throws IOException {
        try (var in = FlatModelTest.class.getResourceAsStream("/langdetect-183.bin")) {
            var bytes = in.readAllBytes();
            file = new LanguageDetectorModel(new ByteArrayInputStream(bytes));
            flat = new FlatModel(new MaxentFile(bytes, "langdetect.model"));
        }
        original = (AbstractModel) file.getMaxentModel();
    }

    @Test
    void texts_of_any_letters_when_judged_get_the_probabilities_of_the_library() {
        var generator = file.getFactory().getContextGenerator();
        var random = new Random(7);
        for (var text : texts(random)) {
            var counts = new HashMap<String, Integer>();
            for (var feature : generator.getContext(text)) counts.merge(feature.toString(), 1, Integer::sum);
            var features = counts.keySet().toArray(String[]::new);
            var values = new float[features.length];
            for (int i = 0; i < features.length; i++) values[i] = counts.get(features[i]);

            assertThat(flat.eval(features, values))
                    .as(text)
                    .containsExactly(original.eval(features, values), within(FLOAT));
            assertThat(flat.eval(features)).containsExactly(original.eval(features), within(FLOAT));
        }
    }

    @Test
    void outcomes_keep_their_names_and_order() {
        assertThat(flat.getNumOutcomes()).isEqualTo(original.getNumOutcomes()).isGreaterThan(100);
        for (int i = 0; i < flat.getNumOutcomes(); i++) {
            assertThat(flat.getOutcome(i)).isEqualTo(original.getOutcome(i));
        }
    }

    @Test
    void features_that_nothing_knows_make_every_language_equally_likely() {
        var even = new double[flat.getNumOutcomes()];
        Arrays.fill(even, 1.0 / even.length);
        assertThat(flat.eval(new String[] {"no such feature"})).containsExactly(even, within(FLOAT));
        assertThat(flat.eval(new String[0])).containsExactly(even, within(FLOAT));
    }

    @Test
    void what_is_no_such_file_when_read_fails() {
        assertThatThrownBy(() -> new MaxentFile(new byte[100], "langdetect.model")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new MaxentFile(zip("other.model", new byte[9]), "langdetect.model"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("langdetect.model");
        var perceptron = new byte[] {0, 10, 'P', 'e', 'r', 'c', 'e', 'p', 't', 'r', 'o', 'n'};
        assertThatThrownBy(() -> new MaxentFile(zip("langdetect.model", perceptron), "langdetect.model"))
                .hasMessageContaining("Perceptron");
        var cut = new byte[] {0, 2, 'Q', 'N', 0, 0, 0, 9};
        assertThatThrownBy(() -> new MaxentFile(zip("langdetect.model", cut), "langdetect.model"))
                .isInstanceOf(IOException.class);
    }

    private static byte[] zip(String part, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("manifest.properties"));
            zip.putNextEntry(new ZipEntry(part));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    /** Known features at random, too, so that most of the table is looked at. */
    private static List<String> texts(Random random) {
        @SuppressWarnings("unchecked")
        var known = ((Map<String, Context>) original.getDataStructures()[1]).keySet().toArray(String[]::new);
        var texts = new String[TEXTS];
        Arrays.setAll(
                texts,
                i -> {
                    var text = new StringBuilder();
                    for (int part = 0; part < 60; part++) {
                        if (i % 2 == 0) text.append(known[random.nextInt(known.length)]);
                        else text.appendCodePoint(random.nextInt(0x20, 0x2000));
                    }
                    return text.toString();
                });
        return List.of(texts);
    }
}
