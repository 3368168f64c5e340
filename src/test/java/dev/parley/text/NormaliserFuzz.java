package dev.parley.text;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;

/**
 * What must hold for any text, as a target of the fuzzer Jazzer and, on the inputs in {@code /fuzz/normaliser}, as a
 * test (docs/testing.md). Not a test class itself: Jazzer instruments classes, and the JVM of the tests shall not be.
 */
public final class NormaliserFuzz {
    private static final int LONGEST = 64_000;
    private static final int REPEATED = 15;
    private static final long ALLOWANCE = 200_000_000;
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    private NormaliserFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        check(text(data));
        if (data.length == 0 || (data[0] & REPEATED) != 0) return;
        var text = text(data);
        if (text.isEmpty() || text.length() > LONGEST / 8) return;
        long quarter = nanos(text.repeat(LONGEST / 4 / text.length()));
        long whole = nanos(text.repeat(LONGEST / text.length()));
        require(whole < 10 * quarter + ALLOWANCE, "time grows with the length, four times for four times as much");
    }

    /** The processor's time for a text, so that a busy machine fails nothing. */
    private static long nanos(String text) {
        long start = THREAD.getCurrentThreadCpuTime();
        check(text);
        return THREAD.getCurrentThreadCpuTime() - start;
    }

    /** Bytes as a text: UTF-8, or after an odd first byte UTF-16, which can hold halves of characters. */
    public static String text(byte[] data) {
        if (data.length > 1 && (data[0] & 1) == 1 && data[0] < 0x10) {
            return new String(data, 1, data.length - 1, StandardCharsets.UTF_16BE);
        }
        return new String(data, StandardCharsets.UTF_8);
    }

    /** Fails if the folded copy of a text is not as promised. */
    public static void check(String text) {
        var folded = Normaliser.normalise(text);
        var copy = folded.text();
        require(copy.startsWith(" ") && copy.endsWith(" ") && !copy.contains("  "), "one space around each token");
        require(copy.length() <= 8 * text.length() + 1, "a few times the input");
        int behind = 0;
        for (int i = 0; i < copy.length(); i++) {
            int start = folded.originalStart(i);
            int end = folded.originalEnd(i);
            require(start >= 0 && start <= end && end <= text.length(), "places inside the text");
            if (copy.charAt(i) == ' ') continue;
            require(start < end, "a character stands for something");
            if (copy.charAt(i - 1) != ' ') require(end >= behind, "places go forward inside a word");
            behind = end;
        }
        int last = 0;
        for (var link : folded.links()) {
            require(link.start() >= last && link.start() < link.end() && link.end() <= text.length(), "links in order");
            require(!link.host().isEmpty(), "a link has a host");
            last = link.end();
        }
        require(Normaliser.normalise(text + "\u200b").text().equals(copy), "what cannot be seen changes nothing");
        folded.textWithoutLinks();
    }

    private static void require(boolean held, String what) {
        if (!held) throw new AssertionError(what);
    }
}
