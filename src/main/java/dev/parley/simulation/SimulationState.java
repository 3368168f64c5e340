package dev.parley.simulation;

/** How a simulation stands. Failed is also one whose process was killed. */
enum SimulationState {
    RUNNING,
    DONE,
    CANCELLED,
    FAILED
}
