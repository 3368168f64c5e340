package dev.parley.intake;

/** How a job stands. */
public enum RescoringState {
    RUNNING,
    DONE,
    CANCELLED
}
