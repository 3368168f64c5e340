package dev.parley.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Words and phrases to look for, whole words only, whatever disguise they wear. Finding all of them takes one pass over
 * the text (Aho and Corasick), however long the list. Immutable.
 */
public final class WordList {
    /**
     * A word found.
     *
     * @param entry as it was given to {@link #of}
     * @param start where it begins in the original text, in UTF-16 units
     * @param end where it ends, exclusive
     */
    public record Match(String entry, int start, int end) {}

    private static final class Node {
        final Map<Character, Node> next = new HashMap<>();
        final int depth;
        Node fallback;
        @Nullable Node shorterEntry;
        @Nullable String entry;

        Node(int depth) {
            this.depth = depth;
            this.fallback = this;
        }
    }

    private final Node root = new Node(0);
    private final int size;

    private WordList(Collection<String> entries) {
        int added = 0;
        for (var entry : entries) {
            var folded = Normaliser.normalise(entry);
            var pattern = folded.text().replace(" " + Normaliser.LINK_MARK + " ", " "); // a host matches inside a link
            if (pattern.isBlank()) continue;
            var node = root;
            for (int i = 0; i < pattern.length(); i++) {
                var at = node;
                node = at.next.computeIfAbsent(pattern.charAt(i), _ -> new Node(at.depth + 1));
            }
            if (node.entry == null) node.entry = entry;
            added++;
        }
        size = added;
        linkFallbacks();
    }

    /**
     * A list of these words and phrases. Entries without a letter, digit or symbol are left out.
     *
     * @param entries in any case and script; a phrase matches across punctuation and line breaks
     */
    public static WordList of(Collection<String> entries) {
        return new WordList(entries);
    }

    /** How many entries can match. */
    public int size() {
        return size;
    }

    private void linkFallbacks() {
        var open = new ArrayDeque<Node>();
        for (var child : root.next.values()) {
            child.fallback = root;
            open.add(child);
        }
        while (!open.isEmpty()) {
            var node = open.remove();
            for (var step : node.next.entrySet()) {
                var child = step.getValue();
                child.fallback = step(node.fallback, step.getKey());
                child.shorterEntry = child.fallback.entry != null ? child.fallback : child.fallback.shorterEntry;
                open.add(child);
            }
        }
    }

    private Node step(Node from, char c) {
        var node = from;
        while (node != root && !node.next.containsKey(c)) node = node.fallback;
        return node.next.getOrDefault(c, root);
    }

    /** Every match in the order in which they end; overlapping ones too. Empty if there is none. */
    public List<Match> find(NormalisedText text) {
        if (size == 0) return List.of();
        var matches = new ArrayList<Match>();
        var node = root;
        for (int i = 0; i < text.text().length(); i++) {
            node = step(node, text.text().charAt(i));
            for (var hit = node.entry != null ? node : node.shorterEntry; hit != null; hit = hit.shorterEntry) {
                if (hit.entry == null) continue;
                int first = i - hit.depth + 2; // patterns begin and end with a space
                matches.add(new Match(hit.entry, text.originalStart(first), text.originalEnd(i - 1)));
            }
        }
        return matches;
    }
}
