package dev.parley.training;

/** How a training stands. Failed is also one whose process was killed. */
enum OwnTrainingState {
    RUNNING,
    DONE,
    FAILED
}
