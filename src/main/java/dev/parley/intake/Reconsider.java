package dev.parley.intake;

import dev.parley.platform.Problem;
import dev.parley.platform.ProblemType;

/**
 * The reader is asked whether they want to say it differently. Nothing of the comment is stored, and its key is free.
 * Says the same to everybody, and neither scores nor thresholds.
 */
final class Reconsider extends Problem {

    Reconsider() {
        super(ProblemType.RECONSIDER, "Say it differently, or send it as it is with nudge false");
    }
}
