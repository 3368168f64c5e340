package dev.parley.comment;

/** What brought a comment into its present state. */
public enum Cause {
    /** It was sent. */
    SUBMITTED,
    /** Its commenter changed it. */
    EDITED,
    /** A moderator decided on it. */
    DECIDED,
    /** A moderator took a decision back. */
    UNDONE,
    /** Its commenter proved their address. */
    PROVEN,
    /** It was scored at last. */
    SCORED,
    /** Its commenter took it back, or had everything erased. */
    WITHDRAWN
}
