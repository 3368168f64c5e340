package dev.parley.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Strings that must stand nowhere, all looked for at once in one pass over bytes (Aho and Corasick). Capital letters
 * are taken for small ones on both sides, so a needle is found in whatever case it is written.
 */
public final class Needles {

    /**
     * One string to look for.
     *
     * @param of whose it is
     * @param form how the address is written in it, such as {@code raw} or {@code sha256.lower}
     */
    public record Needle(String of, String form, String text) {

        /** So short a number stands for an address only where it stands alone. */
        boolean standsAlone() {
            return form.equals("crc32");
        }
    }

    private static final int BYTES = 256;

    private static final boolean[] HEX = new boolean[BYTES];

    static {
        "0123456789abcdefABCDEF".chars().forEach(c -> HEX[c] = true);
    }

    private final List<Needle> needles;

    /** What a byte stands for: small letters for capital ones as well, and 0 for all that are in no needle. */
    private final int[] kinds = new int[BYTES];

    /** How many kinds there are. */
    private final int width;

    /**
     * Where each kind of byte leads, row by row of the states; a state is the place where its row begins. Turned round
     * by {@code ~} if a needle ends there.
     */
    private final int[] next;

    /** The needles that end in a state, by the number of its row. */
    private final Needle[][] ends;

    public Needles(List<Needle> needles) {
        this.needles = List.copyOf(needles);
        width = kinds();
        var rows = new Rows();
        needles.forEach(rows::plant);
        rows.link();
        next = new int[rows.next.size() * width];
        ends = rows.ends.stream().map(list -> list.toArray(Needle[]::new)).toArray(Needle[][]::new);
        for (int row = 0; row < ends.length; row++) {
            for (int kind = 0; kind < width; kind++) {
                int to = rows.next.get(row)[kind];
                next[row * width + kind] = ends[to].length == 0 ? to * width : ~(to * width);
            }
        }
    }

    public int count() {
        return needles.size();
    }

    public Set<Needle> in(byte[] text) {
        try {
            return in(new ByteArrayInputStream(text));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those that stand in the text, each once. Reads it to its end. */
    public Set<Needle> in(InputStream text) throws IOException {
        Set<Needle> found = new LinkedHashSet<>();
        List<Needle> waiting = new ArrayList<>();
        int state = 0;
        int hexBefore = 0;
        byte[] buffer = new byte[1 << 16];
        for (int n; (n = text.read(buffer)) >= 0; ) {
            for (int i = 0; i < n; i++) {
                int c = buffer[i] & 0xff;
                boolean hex = HEX[c];
                if (!waiting.isEmpty()) {
                    if (!hex) {
                        found.addAll(waiting);
                    }
                    waiting.clear();
                }
                hexBefore = hex ? hexBefore + 1 : 0;
                state = next[state + kinds[c]];
                if (state < 0) {
                    state = ~state;
                    for (var needle : ends[state / width]) {
                        if (!needle.standsAlone()) {
                            found.add(needle);
                        } else if (hexBefore == needle.text().length()) {
                            waiting.add(needle);
                        }
                    }
                }
            }
        }
        found.addAll(waiting);
        return found;
    }

    /** Numbers the bytes of the needles, and returns how many kinds there are. */
    private int kinds() {
        int last = 0;
        for (var needle : needles) {
            for (byte b : needle.text().getBytes(StandardCharsets.UTF_8)) {
                int c = fold(b);
                if (kinds[c] == 0) {
                    kinds[c] = ++last;
                }
            }
        }
        for (int c = 'A'; c <= 'Z'; c++) {
            kinds[c] = kinds[fold((byte) c)];
        }
        return last + 1;
    }

    /** The same while it is built: a row for each beginning of a needle. */
    private final class Rows {
        final List<int[]> next = new ArrayList<>();
        final List<List<Needle>> ends = new ArrayList<>();

        Rows() {
            row();
        }

        void plant(Needle needle) {
            int row = 0;
            for (byte b : needle.text().getBytes(StandardCharsets.UTF_8)) {
                int kind = kinds[b & 0xff];
                if (next.get(row)[kind] < 0) {
                    int fresh = row();
                    next.get(row)[kind] = fresh;
                }
                row = next.get(row)[kind];
            }
            ends.get(row).add(needle);
        }

        private int row() {
            var row = new int[width];
            Arrays.fill(row, -1);
            next.add(row);
            ends.add(new ArrayList<>());
            return next.size() - 1;
        }

        /** Where to go on when a needle breaks off: the longest beginning of another that was just read. */
        void link() {
            int[] back = new int[next.size()];
            var queue = new ArrayDeque<Integer>();
            for (int kind = 0; kind < width; kind++) {
                int child = next.getFirst()[kind];
                if (child < 0) {
                    next.getFirst()[kind] = 0;
                } else {
                    queue.add(child);
                }
            }
            while (!queue.isEmpty()) {
                int row = queue.remove();
                ends.get(row).addAll(ends.get(back[row]));
                for (int kind = 0; kind < width; kind++) {
                    int child = next.get(row)[kind];
                    if (child < 0) {
                        next.get(row)[kind] = next.get(back[row])[kind];
                    } else {
                        back[child] = next.get(back[row])[kind];
                        queue.add(child);
                    }
                }
            }
        }
    }

    /** Capital letters are small ones. */
    private static int fold(byte b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b & 0xff;
    }
}
