package dev.parley.comment;

import dev.parley.platform.Pipeline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;

/** A revision as it is stored; scores, signals and decision are JSON. */
public record RevisionView(
        int number, String body, String language, String scores, String signals, String decision, Instant createdAt) {

    /** The row where the result stands; its columns are called as in the table. */
    static RevisionView read(ResultSet row) throws SQLException {
        return new RevisionView(
                row.getInt("number"),
                row.getString("body"),
                row.getString("language"),
                row.getString("scores"),
                row.getString("signals"),
                row.getString("decision"),
                Objects.requireNonNull(Pipeline.instant(row, "created_at")));
    }

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
