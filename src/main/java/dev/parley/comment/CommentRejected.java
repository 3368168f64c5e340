package dev.parley.comment;

import dev.parley.outbox.Departure;
import java.util.UUID;

/** A comment was rejected. Ids only: no name, no text, no score. */
public record CommentRejected(UUID subject, UUID article, UUID site, int revision, long version) implements Departure {}
