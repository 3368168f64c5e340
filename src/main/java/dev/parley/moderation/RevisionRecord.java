package dev.parley.moderation;

import dev.parley.comment.RevisionView;
import dev.parley.platform.Json;
import dev.parley.platform.StoredJson;
import dev.parley.policy.Signals;
import dev.parley.scoring.Scores;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A revision with all that was thought of it.
 *
 * @param scores null if the scorer failed
 */
public record RevisionRecord(
        int number,
        String body,
        String language,
        @Schema(implementation = Scores.class) @Nullable StoredJson<Scores> scores,
        Signals signals,
        Judgement judgement,
        Instant createdAt) {

    static RevisionRecord of(RevisionView revision, Json json) {
        return new RevisionRecord(
                revision.number(),
                revision.body(),
                revision.language(),
                "null".equals(revision.scores()) ? null : new StoredJson<>(revision.scores()),
                json.read(revision.signals(), Signals.class),
                json.read(revision.decision(), Judgement.class),
                revision.createdAt());
    }
}
