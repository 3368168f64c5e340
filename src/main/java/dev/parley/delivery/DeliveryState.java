package dev.parley.delivery;

/** What became of a delivery. */
public enum DeliveryState {
    /** It is to be sent, or sent again. */
    WAITING,
    DELIVERED,
    /** It was given up, and can be replayed. */
    DEAD
}
