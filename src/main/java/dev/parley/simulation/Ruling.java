package dev.parley.simulation;

/** What a moderator made of a revision. */
enum Ruling {
    APPROVED,
    REJECTED
}
