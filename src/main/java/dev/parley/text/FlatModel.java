package dev.parley.text;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.Context;

/**
 * A maximum entropy model of OpenNLP in a few arrays: the library's own keeps an object for each of its 146,000
 * features of languages, which took a third of what lives on the heap. It answers as the library's does, to float
 * precision. Immutable.
 */
final class FlatModel extends AbstractModel {

    /** Share of the slots in use. */
    private static final double LOAD = 0.6;

    private static final int MOST_OUTCOMES = 256;

    /** Key of each slot, 0 where none is; slot and row go together. */
    private final long[] keys;

    private final int[] rows;

    /** Where the entries of each row begin, and, one further, end. */
    private final int[] starts;

    private final byte[] outcomes;
    private final float[] weights;

    /**
     * Reads a model.
     *
     * @throws IOException if it has more than 256 outcomes
     */
    FlatModel(MaxentFile file) throws IOException {
        super(new Context[0], new String[0], Map.of(), file.outcomes());
        if (getNumOutcomes() > MOST_OUTCOMES) throw new IOException(getNumOutcomes() + " outcomes");
        keys = new long[(int) (file.features() / LOAD) + 1];
        rows = new int[keys.length];
        starts = new int[file.features() + 1];
        outcomes = new byte[file.weights()];
        weights = new float[outcomes.length];
        file.visit(new Filler());
    }

    /** Adds feature after feature. */
    private final class Filler implements MaxentFile.Visitor {
        private int row;
        private int entry;

        @Override
        public void feature(String name, int[] its, double[] parameters) {
            long key = key(name);
            int slot = slot(key);
            if (keys[slot] != 0) throw new IllegalArgumentException("two features with one key: " + name);
            keys[slot] = key;
            rows[slot] = row;
            for (int i = 0; i < its.length; i++) {
                outcomes[entry] = (byte) its[i];
                weights[entry++] = (float) parameters[i];
            }
            starts[++row] = entry;
        }
    }

    /** The probability of each outcome for features that occur so many times; unknown ones say nothing. */
    @Override
    public double[] eval(String[] context, float[] values) {
        var sums = new double[getNumOutcomes()];
        for (int i = 0; i < context.length; i++) {
            long key = key(context[i]);
            int slot = slot(key);
            if (keys[slot] != key) continue;
            int row = rows[slot];
            for (int entry = starts[row]; entry < starts[row + 1]; entry++) {
                sums[outcomes[entry] & 0xff] += weights[entry] * (double) values[i];
            }
        }
        double highest = Arrays.stream(sums).max().orElse(0);
        double total = 0;
        for (int i = 0; i < sums.length; i++) total += sums[i] = Math.exp(sums[i] - highest);
        for (int i = 0; i < sums.length; i++) sums[i] /= total;
        return sums;
    }

    @Override
    public double[] eval(String[] context) {
        var once = new float[context.length];
        Arrays.fill(once, 1);
        return eval(context, once);
    }

    @Override
    public double[] eval(String[] context, double[] probabilities) {
        var found = eval(context);
        System.arraycopy(found, 0, probabilities, 0, found.length);
        return probabilities;
    }

    private int slot(long key) {
        int slot = (int) (((key >>> 32) * keys.length) >>> 32);
        while (keys[slot] != 0 && keys[slot] != key) if (++slot == keys.length) slot = 0;
        return slot;
    }

    /** A polynomial over the characters, spread over all bits (the finalizer of MurmurHash3); never 0. */
    private static long key(String name) {
        long hash = name.length();
        for (int i = 0; i < name.length(); i++) hash = hash * 0x9E3779B97F4A7C15L + name.charAt(i);
        hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
        hash ^= hash >>> 33;
        return hash == 0 ? 1 : hash;
    }
}
