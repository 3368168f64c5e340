package dev.parley.delivery;

import dev.parley.platform.Problem;
import dev.parley.platform.ProblemType;

/** A form of the answer that the standard allows and Parley does not give. */
final class NotOffered extends Problem {
    NotOffered() {
        super(ProblemType.NOT_IMPLEMENTED, "Ask with format=json");
    }
}
