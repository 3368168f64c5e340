package dev.parley.moderation;

/** What a moderator can do with a comment. */
public enum DecisionAction {
    APPROVE,
    REJECT,
    SPAM,
    /** Leaves it to the admins: nothing changes for readers, and nobody else decides on it then. */
    ESCALATE
}
