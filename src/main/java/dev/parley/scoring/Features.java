package dev.parley.scoring;

/**
 * The features of a normalised text: words, pairs of words, and pieces of 3 to 5 characters of words with the space
 * before and after them. Each is a substring of the text and a kind, named {@code kind + substring} in a model file and
 * found there by a 64-bit hash of both, so that scoring makes no strings.
 */
public final class Features {
    /** What a feature is made of; the first character of its name. */
    static final char WORD = 'w';

    static final char PAIR = 'b';
    static final char PIECE = 'c';

    /** The feature that every text has, with value 1. */
    public static final String BIAS = "*";

    /** What a text has by a model on top of which another is trained; in no file. */
    public static final String BASE = "+";

    /** Whether a feature of this name is a whole word. */
    public static boolean isWord(String name) {
        return name.charAt(0) == WORD;
    }

    /**
     * Which features a text has.
     *
     * @param shortestPiece characters of the shortest piece of a word, at least 2
     * @param longestPiece characters of the longest, at least as many
     * @param pairs whether two words that follow each other are one
     */
    public record Shape(int shortestPiece, int longestPiece, boolean pairs) {}

    /** The shape of every model in use, the best by search (docs/models.md); another one is for that search only. */
    public static final Shape SHAPE = new Shape(3, 5, true);

    private static final long STEP = 0x9E3779B97F4A7C15L;

    /** Called for each occurrence of a feature. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * One occurrence.
         *
         * @param key hash of kind and characters
         * @param kind first character of its name
         * @param start where it begins in the text visited
         * @param end where it ends, exclusive
         */
        void visit(long key, char kind, int start, int end);
    }

    private Features() {}

    /**
     * Visits the features of a part of a normalised text.
     *
     * @param text tokens with a space before and after each
     * @param from a space before a token
     * @param to behind the space after a token
     */
    public static void visit(String text, int from, int to, Visitor visitor) {
        visit(text, from, to, SHAPE, visitor);
    }

    /** The same for features of another shape. */
    public static void visit(String text, int from, int to, Shape shape, Visitor visitor) {
        int previous = -1;
        for (int start = from + 1, end; start < to; start = end + 1) {
            end = text.indexOf(' ', start);
            if (end < 0 || end >= to) return;
            visitor.visit(key(WORD, text, start, end), WORD, start, end);
            if (previous >= 0 && shape.pairs()) visitor.visit(key(PAIR, text, previous, end), PAIR, previous, end);
            for (int i = start - 1; i < end; i++) {
                long hash = 0;
                int limit = Math.min(end + 1, i + shape.longestPiece());
                for (int j = i; j < limit; j++) {
                    hash = step(hash, text.charAt(j));
                    if (j - i + 1 >= shape.shortestPiece()) visitor.visit(finish(hash, PIECE), PIECE, i, j + 1);
                }
            }
            previous = start;
        }
    }

    /** The key of a feature by its name in a model file. */
    public static long key(String name) {
        return key(name.charAt(0), name, 1, name.length());
    }

    private static long key(char kind, String text, int from, int to) {
        long hash = 0;
        for (int i = from; i < to; i++) hash = step(hash, text.charAt(i));
        return finish(hash, kind);
    }

    private static long step(long hash, char c) {
        return (hash + c + 1) * STEP;
    }

    /** Spreads the bits (the finaliser of SplitMix64) and keeps 0 free as the mark of an empty slot. */
    private static long finish(long hash, char kind) {
        long h = hash + kind * 0xD1B54A32D192ED03L;
        h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
        h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
        h ^= h >>> 31;
        return h == 0 ? 1 : h;
    }
}
