package dev.parley.invitation;

import dev.parley.platform.Problem;
import dev.parley.platform.ProblemType;

/** The sign-in server did not do what it was asked to. */
final class SignInUnavailable extends Problem {

    SignInUnavailable() {
        super(ProblemType.UNAVAILABLE, "The account could not be made just now; nothing was changed");
    }
}
