package dev.parley.moderation;

/** What became of a report. {@code MOOT}: its comment went away by itself. */
enum FlagOutcome {
    OPEN,
    UPHELD,
    DISMISSED,
    MOOT
}
