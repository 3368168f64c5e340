package dev.parley.comment;

import dev.parley.outbox.Departure;
import java.util.UUID;

/** The commenter took a comment back. Ids only: no name, no text, no score. */
public record CommentWithdrawn(UUID subject, UUID article, UUID site, int revision, long version)
        implements Departure {}
