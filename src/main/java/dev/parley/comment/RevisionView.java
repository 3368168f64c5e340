package dev.parley.comment;

import java.time.Instant;

/** A revision as it is stored; scores, signals and decision are JSON. */
public record RevisionView(
        int number, String body, String language, String scores, String signals, String decision, Instant createdAt) {

    static RevisionView of(Revision revision) {
        return new RevisionView(
                revision.number,
                revision.body,
                revision.language,
                revision.scores,
                revision.signals,
                revision.decision,
                revision.createdAt);
    }
}
