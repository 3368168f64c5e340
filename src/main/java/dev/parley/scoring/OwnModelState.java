package dev.parley.scoring;

/** How a model that a tenant's moderators taught stands. */
public enum OwnModelState {
    /** Better than what scored before it; scores nothing until an admin puts it in force. */
    CANDIDATE,
    ACTIVE,
    /** Was in force once, and can be again. */
    RETIRED,
    /** No better than what scored before it: only its figures are kept. */
    NOT_BETTER
}
