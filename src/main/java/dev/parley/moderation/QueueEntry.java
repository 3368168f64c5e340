package dev.parley.moderation;

import dev.parley.platform.Pipeline;
import dev.parley.policy.ReasonCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the queue as it is listed.
 *
 * @param reasons names of {@link ReasonCode}
 * @param escalatedAt when it was left to the admins, and {@code escalatedBy} by which member; null if it was not
 */
record QueueEntry(
        UUID comment,
        List<String> reasons,
        double risk,
        Instant enteredAt,
        @Nullable Instant escalatedAt,
        @Nullable UUID escalatedBy) {

    boolean isFlagged() {
        return reasons.contains(ReasonCode.FLAGGED.name());
    }

    /** The row where the result stands; its columns are called as in the table. */
    static QueueEntry read(ResultSet row) throws SQLException {
        return new QueueEntry(
                row.getObject("comment_id", UUID.class),
                List.of((String[]) row.getArray("reasons").getArray()),
                row.getDouble("risk"),
                Objects.requireNonNull(Pipeline.instant(row, "entered_at")),
                Pipeline.instant(row, "escalated_at"),
                row.getObject("escalated_by", UUID.class));
    }
}
