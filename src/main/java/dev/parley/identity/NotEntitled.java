package dev.parley.identity;

import dev.parley.platform.Problem;
import dev.parley.platform.ProblemType;

/** A member whose role does not reach. */
final class NotEntitled extends Problem {

    NotEntitled(Role needed) {
        super(ProblemType.NOT_ENTITLED, "This needs the role " + needed.name().toLowerCase(java.util.Locale.ROOT));
    }
}
