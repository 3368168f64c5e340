package dev.parley.delivery;

/** How a mail ended. */
enum MailOutcome {
    SENT,
    /** There was nothing to say any more, or nobody to say it to. */
    DROPPED,
    /** The server refused it for good, or could not be reached for too long. */
    GIVEN_UP
}
