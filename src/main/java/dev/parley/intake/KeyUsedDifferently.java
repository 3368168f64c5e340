package dev.parley.intake;

import dev.parley.platform.Problem;
import dev.parley.platform.ProblemType;

/** An Idempotency-Key came back with another request. */
final class KeyUsedDifferently extends Problem {

    KeyUsedDifferently() {
        super(ProblemType.KEY_USED_DIFFERENTLY, "Use a new Idempotency-Key for a new comment");
    }
}
