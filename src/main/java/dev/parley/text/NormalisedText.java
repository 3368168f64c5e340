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

    /** {@link #text()} without the links' marks and hosts: what stays the same when only the address is changed. */
    public String textWithoutLinks() {
        var kept = new StringBuilder(text.length());
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean written = ends[i] > starts[i]; // spaces stand for nothing, and those inside a link at its end
            while (written && next < links.size() && links.get(next).end() <= starts[i]) next++;
            boolean inLink = written && next < links.size() && starts[i] >= links.get(next).start();
            boolean secondSpace = text.charAt(i) == ' ' && !kept.isEmpty() && kept.charAt(kept.length() - 1) == ' ';
            if (!inLink && !secondSpace) kept.append(text.charAt(i));
        }
        return kept.toString();
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
