package dev.parley.moderation;

/** Orders of the queue: what may do most harm, or who waits longest. */
public enum QueueOrder {
    RISK,
    OLDEST
}
