package dev.parley.identity;

/** What a member may do. Each role may do what the ones before it may. */
public enum Role {
    MODERATOR,
    ADMIN;

    boolean covers(Role needed) {
        return ordinal() >= needed.ordinal();
    }
}
