package dev.parley.simulation;

import dev.parley.policy.Decision;

/** What a policy would do with a comment, mildest first. */
enum Outcome {
    PUBLISH,
    HOLD,
    REJECT;

    static Outcome of(Decision decision) {
        return switch (decision) {
            case Decision.Publish _ -> PUBLISH;
            case Decision.Hold _ -> HOLD;
            case Decision.Reject _ -> REJECT;
        };
    }
}
