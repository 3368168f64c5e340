package dev.parley.moderation;

/** Kinds of sanctions. */
public enum SanctionKind {
    BAN
}
