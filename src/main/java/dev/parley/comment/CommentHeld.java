package dev.parley.comment;

import dev.parley.outbox.Departure;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A revision waits for a moderator. Ids only: no name, no text, no score.
 *
 * @param cause null in events of earlier versions
 */
public record CommentHeld(UUID subject, UUID article, UUID site, int revision, long version, @Nullable Cause cause)
        implements Departure {}
