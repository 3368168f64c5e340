package dev.parley.invitation;

/** What became of an invitation. */
public enum InvitationState {
    /** Its link works. */
    OPEN,
    ACCEPTED,
    WITHDRAWN,
    /** Nobody came in time; sending it again opens it again. */
    LAPSED
}
