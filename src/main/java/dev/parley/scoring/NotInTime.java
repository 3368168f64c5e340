package dev.parley.scoring;

/** A text took too long to score, and the thread that scores it may never come back. */
public final class NotInTime extends ScoringUnavailable {
    private static final long serialVersionUID = 1L;

    NotInTime(Exception cause) {
        super("The scorer took too long", cause);
    }
}
