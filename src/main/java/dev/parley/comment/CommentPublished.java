package dev.parley.comment;

import dev.parley.outbox.Departure;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A revision became visible to readers. Ids only: no name, no text, no score.
 *
 * @param cause null in events of earlier versions
 */
public record CommentPublished(UUID subject, UUID article, UUID site, int revision, long version, @Nullable Cause cause)
        implements Departure {}
