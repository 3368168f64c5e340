package dev.parley.policy;

import org.jspecify.annotations.Nullable;

/**
 * Why a condition can't be.
 *
 * @param line from 1; null if it is of the whole condition
 * @param column from 1; null with the line
 */
record RuleFault(@Nullable Integer line, @Nullable Integer column, String message) {

    /** In words that stand after the name of a field. */
    String sentence() {
        return "is no condition: " + (line == null ? "" : "line %d, column %d: ".formatted(line, column)) + message;
    }
}
