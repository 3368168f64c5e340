package dev.parley.intake;

/** Which comments a job scores again. What was taken back or erased is never among them. */
public enum RescoringScope {
    /** Those without a score, because the scorer failed. */
    UNSCORED,
    /** Those that wait for a moderator, without a score or with one of other models than now. */
    PENDING,
    /** All without a score or with one of other models than now. */
    ALL
}
