package dev.parley.policy;

import org.jspecify.annotations.Nullable;

/**
 * Why a condition can't be.
 *
 * @param line from 1; null if it is of the whole condition
 * @param column from 1; null with the line
 */
record RuleFault(@Nullable Integer line, @Nullable Integer column, String message) {

    /** In words that stand after the name of a field, and repeat nothing of the condition. */
    String sentence() {
        return line == null
                ? "is no valid condition"
                : "is no valid condition (line %d, column %d)".formatted(line, column);
    }
}
