package dev.parley.scoring;

import java.util.Arrays;

/**
 * The features of one text, read once: which there are, and where each occurs. Everything else, be it a window or an
 * explanation, goes over these arrays and hashes nothing again. One is used from text to text, by one thread at a time.
 */
final class Reading implements Features.Visitor {
    /** Larger ones are not kept for the next text: a few of them would hold more memory than the models. */
    private static final int LARGEST_KEPT = 1 << 16;

    /** The different features in the order of their first occurrence. */
    private long[] keys = new long[1024];

    private int features;

    /** The occurrences in the order of the text: feature, first and last word. */
    private int[] featureOf = new int[2048];

    private int[] firstWordOf = new int[2048];
    private int[] lastWordOf = new int[2048];
    private int occurrences;

    /** Where each word begins in the text, and the number of occurrences before its first. */
    private int[] wordStart = new int[128];

    private int[] occurrencesBefore = new int[129];
    private int words;
    private int[] wordAt = new int[512];

    /** Finds a key's feature: open addressing, of which {@code mask + 1} slots are in use, forgotten by a new page. */
    private long[] slotKeys = new long[2048];

    private int[] slotFeatures = new int[2048];
    private int[] slotPages = new int[2048];
    private int page;
    private int mask;

    private String text = "";

    /** Reads a normalised text; forgets the one before. */
    void read(String normalised) {
        text = normalised;
        features = 0;
        occurrences = 0;
        turnPage();
        countWords();
        Features.visit(text, 0, text.length(), this);
        Arrays.fill(occurrencesBefore, visited, words + 1, occurrences);
    }

    /** How many words have an entry in {@link #occurrencesBefore} so far. */
    private int visited;

    private void turnPage() {
        int wanted = Integer.highestOneBit(Math.clamp(text.length() * 8L, 256, LARGEST_KEPT)) * 2;
        mask = Math.min(wanted, slotKeys.length) - 1;
        if (++page > Integer.MAX_VALUE - 64) { // a text of any length spreads less often
            Arrays.fill(slotPages, 0);
            page = 1;
        }
    }

    private void countWords() {
        if (wordAt.length < text.length()) wordAt = new int[text.length() * 2];
        words = 0;
        visited = 0;
        for (int start = 1, end; start < text.length(); start = end + 1) {
            end = text.indexOf(' ', start);
            if (end < 0) break;
            if (words == wordStart.length) {
                wordStart = Arrays.copyOf(wordStart, words * 2);
                occurrencesBefore = Arrays.copyOf(occurrencesBefore, words * 2 + 1);
            }
            wordStart[words] = start;
            Arrays.fill(wordAt, start, end + 1, words++);
        }
    }

    @Override
    public void visit(long key, char kind, int start, int end) {
        if (occurrences == featureOf.length) {
            featureOf = Arrays.copyOf(featureOf, occurrences * 2);
            firstWordOf = Arrays.copyOf(firstWordOf, occurrences * 2);
            lastWordOf = Arrays.copyOf(lastWordOf, occurrences * 2);
        }
        int last = wordAt[end - 1];
        while (visited <= last) occurrencesBefore[visited++] = occurrences;
        featureOf[occurrences] = feature(key);
        firstWordOf[occurrences] = wordAt[text.charAt(start) == ' ' ? start + 1 : start];
        lastWordOf[occurrences++] = last;
    }

    private int feature(long key) {
        int slot = (int) key & mask;
        while (slotPages[slot] == page) {
            if (slotKeys[slot] == key) return slotFeatures[slot];
            slot = (slot + 1) & mask;
        }
        if (features == keys.length) keys = Arrays.copyOf(keys, features * 2);
        keys[features] = key;
        slotPages[slot] = page;
        slotKeys[slot] = key;
        slotFeatures[slot] = features;
        if (++features * 2 > mask) spread();
        return features - 1;
    }

    /** More slots: those that lie idle, or twice as many. */
    private void spread() {
        mask = mask * 2 + 1;
        if (mask >= slotKeys.length) {
            slotKeys = new long[mask + 1];
            slotFeatures = new int[mask + 1];
            slotPages = new int[mask + 1];
            page = 0;
        }
        page++;
        for (int feature = 0; feature < features; feature++) {
            int slot = (int) keys[feature] & mask;
            while (slotPages[slot] == page) slot = (slot + 1) & mask;
            slotPages[slot] = page;
            slotKeys[slot] = keys[feature];
            slotFeatures[slot] = feature;
        }
    }

    /** How many different features the text has. */
    int features() {
        return features;
    }

    /** The key of a feature. */
    long key(int feature) {
        return keys[feature];
    }

    /** How many occurrences of features the text has. */
    int occurrences() {
        return occurrences;
    }

    /** The first occurrence that ends in this word or a later one; {@link #occurrences()} if there is none. */
    int firstOccurrence(int word) {
        return word < words ? occurrencesBefore[word] : occurrences;
    }

    /** The feature that occurs. */
    int feature(int occurrence) {
        return featureOf[occurrence];
    }

    /** The word in which an occurrence begins. */
    int firstWord(int occurrence) {
        return firstWordOf[occurrence];
    }

    /** The word in which an occurrence ends. */
    int lastWord(int occurrence) {
        return lastWordOf[occurrence];
    }

    /** How many words the text has. */
    int words() {
        return words;
    }

    /** Where a word begins in the normalised text. */
    int wordStart(int word) {
        return wordStart[word];
    }

    /** Where a word ends in the normalised text, exclusive. */
    int wordEnd(int word) {
        return (word + 1 < words ? wordStart[word + 1] : text.length()) - 1;
    }

    /** The word that begins behind the space at this index; {@link #words()} behind the last. */
    int wordBehind(int space) {
        return space + 1 < text.length() ? wordAt[space + 1] : words;
    }

    boolean isWorthKeeping() {
        return slotKeys.length <= LARGEST_KEPT && wordAt.length <= LARGEST_KEPT;
    }
}
