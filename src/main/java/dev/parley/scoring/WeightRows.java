package dev.parley.scoring;

import java.util.Arrays;

/** The weights of some models in one open-addressing table: one look-up per feature finds those of all of them. */
final class WeightRows {
    /** Share of the slots in use: look-ups are still short, and nothing is doubled for a few features more. */
    private static final double LOAD = 0.6;

    private final int width;

    /** Key of each slot, 0 where none is; slot and row go together. */
    private final long[] keys;

    private final int[] rows;

    /** A row of {@link #width} weights for each feature that any model knows. */
    private final float[] weights;

    WeightRows(ModelWeights... models) {
        width = models.length;
        var sortedKeys = keysOf(models);
        keys = new long[Math.max(16, (int) (sortedKeys.length / LOAD))];
        rows = new int[keys.length];
        for (int row = 0; row < sortedKeys.length; row++) {
            int slot = slot(sortedKeys[row]);
            keys[slot] = sortedKeys[row];
            rows[slot] = row * width;
        }
        weights = new float[sortedKeys.length * width];
        for (int column = 0; column < width; column++) {
            var model = models[column];
            for (int i = 0; i < model.keys().length; i++) {
                weights[rows[slot(model.keys()[i])] + column] = model.weights()[i];
            }
        }
    }

    /** Those of all, each once, in order. */
    private static long[] keysOf(ModelWeights... models) {
        var keys = new long[Arrays.stream(models).mapToInt(model -> model.keys().length).sum()];
        int end = 0;
        for (var model : models) {
            System.arraycopy(model.keys(), 0, keys, end, model.keys().length);
            end += model.keys().length;
        }
        Arrays.sort(keys);
        int different = 0;
        for (int i = 0; i < keys.length; i++) {
            if (i == 0 || keys[i] != keys[i - 1]) keys[different++] = keys[i];
        }
        return Arrays.copyOf(keys, different);
    }

    private int slot(long key) {
        int slot = (int) (((key >>> 32) * keys.length) >>> 32);
        while (keys[slot] != 0 && keys[slot] != key) if (++slot == keys.length) slot = 0;
        return slot;
    }

    /** How many models. */
    int width() {
        return width;
    }

    /** Where the row of a feature begins; -1 for one that no model knows. */
    int row(long key) {
        int slot = slot(key);
        return keys[slot] == 0 ? -1 : rows[slot];
    }

    /** Adds a row, if there is one, to as many sums. */
    void add(int row, double[] sums) {
        if (row < 0) return;
        for (int column = 0; column < width; column++) sums[column] += weights[row + column];
    }

    /** Adds a share of a row to the parts of a word. */
    void add(int row, double share, double[] parts, int at) {
        for (int column = 0; column < width; column++) parts[at + column] += weights[row + column] * share;
    }

    /** How many different features the models know together. */
    int features() {
        return weights.length / Math.max(1, width);
    }

    /** Bytes on the heap. */
    long bytes() {
        return 8L * keys.length + 4L * rows.length + 4L * weights.length;
    }
}
