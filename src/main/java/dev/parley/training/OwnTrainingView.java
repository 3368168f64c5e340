package dev.parley.training;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A training as admins see it.
 *
 * @param by id of the member who asked for it
 * @param decisions how many texts with what people said of them were read; each text counts once
 * @param outcomes one for each language and attribute that anything was said of
 */
record OwnTrainingView(
        UUID id,
        OwnTrainingState state,
        String by,
        int decisions,
        List<Outcome> outcomes,
        Instant startedAt,
        @Nullable Instant finishedAt) {

    /** What became of a language and attribute. */
    enum Result {
        BETTER,
        NOT_BETTER,
        TOO_FEW
    }

    /**
     * @param decisions that tell of the attribute
     * @param with how many of them say that a comment has it
     * @param model what was taught; null if decisions were too few
     */
    record Outcome(String language, String attribute, Result result, int decisions, int with, @Nullable UUID model) {}
}
