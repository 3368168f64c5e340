package dev.parley.comment;

import dev.parley.outbox.Departure;
import java.util.UUID;

/** A moderator left a reported comment as readers see it. Ids only: no name, no text, no score. */
public record CommentKept(UUID subject, UUID article, UUID site, int revision, long version) implements Departure {}
