package dev.parley.policy;

/** Whether comments appear at once, mildest first. */
public enum Mode {
    PUBLISH_FIRST,
    HOLD_FIRST,
    CLOSED
}
