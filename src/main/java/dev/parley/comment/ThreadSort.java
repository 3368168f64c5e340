package dev.parley.comment;

/** Orders of a thread. {@code TOP} is by replies: the comments that drew most answers first. */
public enum ThreadSort {
    NEWEST,
    OLDEST,
    TOP
}
