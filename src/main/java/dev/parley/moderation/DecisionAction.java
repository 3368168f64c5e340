package dev.parley.moderation;

/** What a moderator can do with a comment. */
public enum DecisionAction {
    APPROVE,
    REJECT,
    SPAM
}
