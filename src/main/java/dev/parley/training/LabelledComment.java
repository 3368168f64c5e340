package dev.parley.training;

import java.util.Map;
import java.util.Optional;

/**
 * A comment with what people said about it.
 *
 * @param id in its file
 * @param source where it is from
 * @param language ISO 639-1
 * @param text raw, line breaks kept
 * @param labels 0 or 1 by name; a missing label is unknown
 * @param toxicShare share of annotators who found it toxic, or NaN where nobody counted
 */
public record LabelledComment(
        String id, String source, String language, String text, Map<String, Boolean> labels, double toxicShare) {
    /** Whether it has a label; empty if nobody said. */
    public Optional<Boolean> label(String name) {
        return Optional.ofNullable(labels.get(name));
    }

    /** The same comment in a language. */
    LabelledComment in(String code) {
        return new LabelledComment(id, source, code, text, labels, toxicShare);
    }

    boolean is(String name) {
        return label(name).orElse(false);
    }

    boolean isNot(String name) {
        return !label(name).orElse(true);
    }
}
