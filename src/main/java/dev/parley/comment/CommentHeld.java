package dev.parley.comment;

import dev.parley.outbox.Departure;
import java.util.UUID;

/** A revision waits for a moderator. Ids only: no name, no text, no score. */
public record CommentHeld(UUID subject, UUID article, UUID site, int revision, long version) implements Departure {}
