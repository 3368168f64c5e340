package dev.parley.scoring;

/** Counts the features of one text: open addressing, cleared by turning a page instead of writing over it. */
public final class FeatureCounts {
    private long[] keys = new long[4096];
    private int[] counts = new int[4096];
    private int[] pages = new int[4096];
    private int page = 1;
    private int size;

    /** Forgets everything. */
    public void clear() {
        size = 0;
        page++;
        if (page == Integer.MAX_VALUE) {
            pages = new int[keys.length];
            page = 1;
        }
    }

    /** Counts one occurrence; true if it is the first. */
    public boolean add(long key) {
        int slot = slot(key);
        if (pages[slot] == page) {
            counts[slot]++;
            return false;
        }
        pages[slot] = page;
        keys[slot] = key;
        counts[slot] = 1;
        if (++size * 2 > keys.length) grow();
        return true;
    }

    /** How often a feature was added; at least once. */
    public int count(long key) {
        return counts[slot(key)];
    }

    /** How many different features were added. */
    public int size() {
        return size;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) key & mask;
        while (pages[slot] == page && keys[slot] != key) slot = (slot + 1) & mask;
        return slot;
    }

    private void grow() {
        var oldKeys = keys;
        var oldCounts = counts;
        var oldPages = pages;
        keys = new long[oldKeys.length * 2];
        counts = new int[keys.length];
        pages = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldPages[i] != page) continue;
            int slot = slot(oldKeys[i]);
            keys[slot] = oldKeys[i];
            counts[slot] = oldCounts[i];
            pages[slot] = page;
        }
    }
}
