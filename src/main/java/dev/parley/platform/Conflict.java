package dev.parley.platform;

/** What is asked does not fit the present state. */
public final class Conflict extends Problem {

    public Conflict(String detail) {
        super(ProblemType.CONFLICT, detail);
    }
}
