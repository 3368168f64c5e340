package dev.parley.training;

import java.util.Collections;

/** A page of Markdown with tables. */
final class Report {
    private final StringBuilder text = new StringBuilder();

    void line(String format, Object... values) {
        text.append(values.length == 0 ? format : format.formatted(values)).append('\n');
    }

    void header(String... names) {
        text.append('\n');
        row(names);
        text.append('|').append(String.join("|", Collections.nCopies(names.length, " --- "))).append("|\n");
    }

    void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
