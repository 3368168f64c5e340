package dev.parley.moderation;

import dev.parley.comment.Former;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How things stood before a decision: codes, ids and times, no text.
 *
 * @param place in the queue; null if it was not in it
 * @param flags reports that were open
 */
record Before(Former comment, @Nullable Place place, List<UUID> flags) {

    /** An entry of the queue. */
    record Place(
            int revision,
            List<String> reasons,
            String language,
            double risk,
            Instant enteredAt,
            @Nullable Instant escalatedAt,
            @Nullable UUID escalatedBy) {

        static Place of(QueueItem item) {
            return new Place(
                    item.revision,
                    List.of(item.reasons),
                    item.language,
                    item.risk,
                    item.enteredAt,
                    item.escalatedAt,
                    item.escalatedBy);
        }
    }
}
