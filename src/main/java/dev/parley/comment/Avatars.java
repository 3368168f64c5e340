package dev.parley.comment;

import java.util.UUID;

/**
 * Small pictures of commenters, drawn from their random public id and from nothing else: the same id always gives the
 * same picture, and no picture says anything about an address.
 *
 * <p>What comes out is ours to the last character, so it may stand in a page as it is. It is decoration: hidden from
 * screen readers, without styles, scripts or references.
 */
public final class Avatars {

    /** Middle tones, each at least 3:1 against white and against near-black. */
    static final String[] TINTS = {
        "#c2410c", "#b45309", "#8a6d0b", "#5f7a12", "#2f855a", "#0f766e", "#0e7490", "#2874a6",
        "#3b6fd4", "#5b62d6", "#7a55cf", "#9347b8", "#ad3f94", "#c23b6e", "#b8404a", "#6b7280"
    };

    /** Shapes in a square of 40, each somewhere else and of another kind. */
    private static final String[] SHAPES = {
        "<circle cx=\"20\" cy=\"20\" r=\"9\"/>",
        "<circle cx=\"14\" cy=\"26\" r=\"11\"/>",
        "<path d=\"M20 8 32 29H8z\"/>",
        "<path d=\"M20 7 33 20 20 33 7 20z\"/>",
        "<path d=\"M0 20h40a20 20 0 0 1-40 0z\"/>",
        "<path d=\"M6 34a28 28 0 0 1 28-28v28z\"/>",
        "<path d=\"M16 5h8v30h-8z\"/>",
        "<path d=\"M12 12h16v16H12z\"/>"
    };

    private static final int STEP = 45;

    private Avatars() {}

    /** An {@code <svg>} element of at most 400 characters. */
    public static String svg(UUID publicId) {
        long bits = mixed(publicId);
        var tint = TINTS[taken(bits, 0, TINTS.length)];
        int large = taken(bits, 8, SHAPES.length);
        int small = (large + 1 + taken(bits, 16, SHAPES.length - 1)) % SHAPES.length;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 40\" aria-hidden=\"true\">"
                + "<circle cx=\"20\" cy=\"20\" r=\"20\" fill=\""
                + tint
                + "\"/>"
                + turned(".35", taken(bits, 24, 8), SHAPES[large])
                + turned(
                        ".8",
                        taken(bits, 32, 8),
                        "<g transform=\"translate(10 10)scale(.5)\">" + SHAPES[small] + "</g>")
                + "</svg>";
    }

    /** Whatever is drawn stays inside the disc but for corners, which are the shape's own. */
    private static String turned(String opacity, int steps, String shape) {
        return "<g fill=\"#fff\" opacity=\"%s\" transform=\"rotate(%d 20 20)\">%s</g>"
                .formatted(opacity, steps * STEP, shape);
    }

    private static int taken(long bits, int from, int choices) {
        return (int) ((bits >>> from & 0xff) % choices);
    }

    /** Spreads the id over all bits (the finaliser of SplitMix64), so that fixed bits of a version do not show. */
    private static long mixed(UUID id) {
        long z = id.getMostSignificantBits() * 31 + id.getLeastSignificantBits();
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
