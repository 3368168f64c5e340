package dev.parley.comment;

/** Where a comment stands. */
public enum CommentStatus {
    PUBLISHED,
    HELD,
    REJECTED,
    WITHDRAWN
}
