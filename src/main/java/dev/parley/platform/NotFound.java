package dev.parley.platform;

/**
 * Nothing is here for this caller. Used alike for what never existed, what was closed and what belongs to another
 * tenant, so that the answer says nothing.
 */
public final class NotFound extends Problem {

    public NotFound(String what) {
        super(ProblemType.NOT_FOUND, "No such " + what);
    }
}
