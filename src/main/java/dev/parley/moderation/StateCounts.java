package dev.parley.moderation;

import dev.parley.comment.CommentStatus;
import java.util.Map;

/** How many comments somebody has in each state. */
public record StateCounts(long published, long held, long rejected, long withdrawn) {

    static StateCounts of(Map<CommentStatus, Long> counts) {
        return new StateCounts(
                counts.getOrDefault(CommentStatus.PUBLISHED, 0L),
                counts.getOrDefault(CommentStatus.HELD, 0L),
                counts.getOrDefault(CommentStatus.REJECTED, 0L),
                counts.getOrDefault(CommentStatus.WITHDRAWN, 0L));
    }
}
