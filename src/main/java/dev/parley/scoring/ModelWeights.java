package dev.parley.scoring;

import dev.parley.text.MaxentFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import opennlp.tools.ml.model.Context;

/**
 * What a table needs of a model file, in two arrays: many files can be read one after another without the library's
 * objects of all of them at once, which took three times the memory that the program lives with.
 *
 * @param column attribute, calibration and version
 * @param languages ISO 639-1 codes of the texts it may judge
 * @param bias what every text starts with
 * @param keys of its features, in no order
 * @param weights of the same features: each one's part of the log-odds
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and seen by this package alone
record ModelWeights(WeightTable.Column column, List<String> languages, double bias, long[] keys, float[] weights) {

    private static final String PART = "doccat.model";

    /** Of a model that was read by the library. */
    static ModelWeights of(ModelFile file) {
        var contexts = contexts(file);
        var filler = new Filler(contexts.size(), file.model().getIndex(ModelFile.YES));
        contexts.forEach((name, context) -> filler.feature(name, context.getOutcomes(), context.getParameters()));
        return filler.weights(file.attribute(), file.calibration(), file.version(), file.languages());
    }

    /**
     * Reads them.
     *
     * @throws IOException if the bytes are no model
     */
    static ModelWeights read(byte[] bytes) throws IOException {
        return read(bytes, ModelFile.sha256(bytes));
    }

    /** The same, of bytes whose {@link ModelFile#sha256 checksum} is known. */
    static ModelWeights read(byte[] bytes, String checksum) throws IOException {
        var file = new MaxentFile(bytes, PART);
        var head = ModelFile.Head.of(file::property, checksum);
        var filler = new Filler(file.features(), List.of(file.outcomes()).indexOf(ModelFile.YES));
        file.visit(filler);
        return filler.weights(head.attribute(), head.calibration(), head.version(), head.languages());
    }

    @SuppressWarnings("unchecked") // the library's own untyped accessor
    private static Map<String, Context> contexts(ModelFile file) {
        return (Map<String, Context>) file.model().getDataStructures()[1];
    }

    /** Takes up feature after feature. */
    private static final class Filler implements MaxentFile.Visitor {
        private final int yes;
        private final long[] keys;
        private final float[] weights;
        private double bias;
        private int next;

        Filler(int features, int yes) {
            this.yes = yes;
            keys = new long[features];
            weights = new float[features];
        }

        /** The weight for yes less that for no is a feature's part of the log-odds. */
        @Override
        public void feature(String name, int[] outcomes, double[] parameters) {
            double weight = 0;
            for (int i = 0; i < outcomes.length; i++) weight += outcomes[i] == yes ? parameters[i] : -parameters[i];
            if (name.equals(Features.BIAS)) {
                bias = weight;
                return;
            }
            keys[next] = Features.key(name);
            weights[next++] = (float) weight;
        }

        ModelWeights weights(String attribute, Calibration calibration, String version, List<String> languages) {
            var column = new WeightTable.Column(attribute, calibration, version);
            return new ModelWeights(column, languages, bias, Arrays.copyOf(keys, next), Arrays.copyOf(weights, next));
        }
    }
}
