package dev.parley.interop;

import dev.parley.platform.Problem;
import dev.parley.platform.ProblemType;

/** The models can't be loaded for the moment. */
final class NotScored extends Problem {

    NotScored() {
        super(ProblemType.UNAVAILABLE, "Nothing can be scored for the moment");
    }
}
