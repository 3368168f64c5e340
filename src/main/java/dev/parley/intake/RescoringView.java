package dev.parley.intake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job that scores comments again, and how far it is.
 *
 * @param requestedBy subject of the member who asked, or {@code parley} where it began by itself
 * @param modelVersions of the models that score, by language and attribute; empty while they can't be loaded
 * @param total how many comments there were to score: while it runs, as counted at the start; where more than 10,000
 *     are to be looked at, all of those after that are counted, up to a million
 * @param done how many were dealt with
 * @param failed how many were given up, while others could be scored
 * @param failures ids of those, at most 50; of a comment that another job tried since, that job tells
 * @param finishedAt null while it runs
 */
public record RescoringView(
        UUID id,
        RescoringScope scope,
        RescoringState state,
        String requestedBy,
        Map<String, String> modelVersions,
        int total,
        int done,
        int failed,
        List<UUID> failures,
        Instant startedAt,
        @Nullable Instant finishedAt) {}
