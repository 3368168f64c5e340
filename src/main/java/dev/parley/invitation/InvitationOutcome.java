package dev.parley.invitation;

/** How an invitation ended. */
enum InvitationOutcome {
    ACCEPTED,
    WITHDRAWN
}
