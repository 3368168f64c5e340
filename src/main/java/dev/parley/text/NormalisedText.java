package dev.parley.text;

import java.util.List;

/**
 * The folded copy of a text that scorers and word lists read; never shown to anybody.
 *
 * <p>{@link #text()} is the tokens with one space between them and one at each end: {@code " you are an idiot "}. Every
 * character knows which part of the original it stands for, so that what is found here can be shown there.
 */
public final class NormalisedText {
    private final String text;
    private final int[] starts;
    private final int[] ends;
    private final List<Link> links;

    NormalisedText(String text, int[] starts, int[] ends, List<Link> links) {
        this.text = text;
        this.starts = starts;
        this.ends = ends;
        this.links = List.copyOf(links);
    }

    /** The tokens, a space before and after each; a single space if there is none. */
    public String text() {
        return text;
    }

    /** The links found, in the order of the text. */
    public List<Link> links() {
        return links;
    }

    /** Where the character at this index begins in the original, in UTF-16 units. */
    public int originalStart(int index) {
        return starts[index];
    }

    /** Where the character at this index ends in the original, exclusive, in UTF-16 units. */
    public int originalEnd(int index) {
        return ends[index];
    }

    /** Whether there is no token at all, as in a text of punctuation only. */
    public boolean isBlank() {
        return text.length() < 2;
    }
}
