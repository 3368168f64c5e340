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

    private static final int ALPHABET = 256;

    private final List<Needle> needles;
    private final List<int[]> next = new ArrayList<>();
    private final List<List<Needle>> ends = new ArrayList<>();

    public Needles(List<Needle> needles) {
        this.needles = List.copyOf(needles);
        state();
        needles.forEach(this::plant);
        link();
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
                int c = fold(buffer[i]);
                boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                if (!waiting.isEmpty()) {
                    if (!hex) {
                        found.addAll(waiting);
                    }
                    waiting.clear();
                }
                hexBefore = hex ? hexBefore + 1 : 0;
                state = next.get(state)[c];
                for (var needle : ends.get(state)) {
                    if (!needle.standsAlone()) {
                        found.add(needle);
                    } else if (hexBefore == needle.text().length()) {
                        waiting.add(needle);
                    }
                }
            }
        }
        found.addAll(waiting);
        return found;
    }

    private void plant(Needle needle) {
        int state = 0;
        for (byte b : needle.text().getBytes(StandardCharsets.UTF_8)) {
            int c = fold(b);
            if (next.get(state)[c] < 0) {
                int fresh = state();
                next.get(state)[c] = fresh;
            }
            state = next.get(state)[c];
        }
        ends.get(state).add(needle);
    }

    private int state() {
        var row = new int[ALPHABET];
        Arrays.fill(row, -1);
        next.add(row);
        ends.add(new ArrayList<>());
        return next.size() - 1;
    }

    /** Where to go on when a needle breaks off: the longest beginning of another that was just read. */
    private void link() {
        int[] back = new int[next.size()];
        var queue = new ArrayDeque<Integer>();
        for (int c = 0; c < ALPHABET; c++) {
            int child = next.getFirst()[c];
            if (child < 0) {
                next.getFirst()[c] = 0;
            } else {
                queue.add(child);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            ends.get(state).addAll(ends.get(back[state]));
            for (int c = 0; c < ALPHABET; c++) {
                int child = next.get(state)[c];
                if (child < 0) {
                    next.get(state)[c] = next.get(back[state])[c];
                } else {
                    back[child] = next.get(back[state])[c];
                    queue.add(child);
                }
            }
        }
    }

    private static int fold(byte b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b & 0xff;
    }
}
