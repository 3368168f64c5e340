package dev.parley.comment;

import dev.parley.outbox.Departure;
import java.util.UUID;

/** A revision became visible to readers. Ids only: no name, no text, no score. */
public record CommentPublished(UUID subject, UUID article, UUID site, int revision, long version)
        implements Departure {}
