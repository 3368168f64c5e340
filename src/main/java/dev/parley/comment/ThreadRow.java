package dev.parley.comment;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A shown comment as it comes from the database; without body it is a tombstone. */
record ThreadRow(
        UUID id,
        UUID articleId,
        @Nullable UUID parentId,
        UUID commenterId,
        String name,
        Instant createdAt,
        @Nullable Instant editedAt,
        int depth,
        int visibleReplies,
        @Nullable String body) {

    static ThreadRow of(Object[] row) {
        return new ThreadRow(
                (UUID) row[0],
                (UUID) row[1],
                (UUID) row[2],
                (UUID) row[3],
                (String) row[4],
                instant(row[5]),
                row[6] == null ? null : instant(row[6]),
                ((Number) row[7]).intValue(),
                ((Number) row[8]).intValue(),
                (String) row[9]);
    }

    private static Instant instant(Object value) {
        return value instanceof OffsetDateTime time ? time.toInstant() : (Instant) value;
    }
}
