package dev.parley.intake;

import dev.parley.platform.Problem;
import dev.parley.platform.ProblemType;

/** The page that sent a submission is none of the site's. */
final class OriginNotAllowed extends Problem {

    OriginNotAllowed() {
        super(ProblemType.ORIGIN_NOT_ALLOWED, "This page is not one of the site's");
    }
}
