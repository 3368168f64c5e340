package dev.parley.comment;

import dev.parley.outbox.Departure;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The commenter took a comment back. Ids only: no name, no text, no score.
 *
 * @param cause null in events of earlier versions
 */
public record CommentWithdrawn(UUID subject, UUID article, UUID site, int revision, long version, @Nullable Cause cause)
        implements Departure {}
