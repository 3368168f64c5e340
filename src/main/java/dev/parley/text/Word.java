package dev.parley.text;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** One word on its way through {@link Disguises}: code points, each with its place in the original. */
final class Word {
    private int[] codePoints = new int[32];
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private int length;
    private boolean plain = true;

    void clear() {
        length = 0;
        plain = true;
    }

    void add(int codePoint, int start, int end) {
        if (length == codePoints.length) {
            codePoints = Arrays.copyOf(codePoints, length * 2);
            starts = Arrays.copyOf(starts, length * 2);
            ends = Arrays.copyOf(ends, length * 2);
        }
        codePoints[length] = codePoint;
        starts[length] = start;
        ends[length++] = end;
        plain &= codePoint >= 'a' && codePoint <= 'z';
    }

    /** Whether it was made of the letters a to z only. */
    boolean isPlain() {
        return plain;
    }

    int length() {
        return length;
    }

    int at(int index) {
        return codePoints[index];
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }

    void set(int index, int codePoint) {
        codePoints[index] = codePoint;
    }

    int indexOf(int codePoint) {
        for (int i = 0; i < length; i++) if (codePoints[i] == codePoint) return i;
        return -1;
    }

    boolean has(IntPredicate wanted) {
        for (int i = 0; i < length; i++) if (wanted.test(codePoints[i])) return true;
        return false;
    }

    /** Another word in its place: letter for letter if it is as long, else each letter stands for the whole. */
    void become(String other) {
        int start = starts[0];
        int end = ends[length - 1];
        boolean same = other.length() == length;
        if (!same) clear();
        for (int i = 0; i < other.length(); i++) {
            if (same) codePoints[i] = other.charAt(i);
            else add(other.charAt(i), start, end);
        }
    }

    /** Backwards; each letter then stands for the whole word, so that places still go forward. */
    void reverse() {
        int start = starts[0];
        int end = ends[length - 1];
        for (int i = 0, j = length - 1; i <= j; i++, j--) {
            int first = codePoints[i];
            codePoints[i] = codePoints[j];
            codePoints[j] = first;
        }
        Arrays.fill(starts, 0, length, start);
        Arrays.fill(ends, 0, length, end);
    }

    void remove(int index) {
        remove(index, index + 1);
    }

    /** Takes a part out; what stood before it then also stands for it. */
    void remove(int from, int to) {
        if (from > 0) ends[from - 1] = ends[to - 1];
        System.arraycopy(codePoints, to, codePoints, from, length - to);
        System.arraycopy(starts, to, starts, from, length - to);
        System.arraycopy(ends, to, ends, from, length - to);
        length -= to - from;
    }

    @Override
    public String toString() {
        return new String(codePoints, 0, length);
    }
}
