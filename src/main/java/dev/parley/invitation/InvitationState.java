package dev.parley.invitation;

/** What became of an invitation. */
public enum InvitationState {
    /** Its link works. */
    OPEN,
    ACCEPTED,
    WITHDRAWN,
    /** Nobody came in time: its address is erased, and a new invitation is needed. */
    LAPSED
}
