package dev.parley.intake;

import dev.parley.platform.Problem;
import dev.parley.platform.ProblemType;

/**
 * The reader is asked whether they want to say it differently. Nothing of what was sent is stored: a new comment's key
 * is free, and one that was to be changed stays as it was. Says the same to everybody, and neither scores nor
 * thresholds.
 */
final class Reconsider extends Problem {

    Reconsider() {
        super(ProblemType.RECONSIDER, "Say it differently, or send it as it is with nudge false");
    }
}
