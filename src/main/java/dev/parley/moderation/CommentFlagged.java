package dev.parley.moderation;

import dev.parley.outbox.Departure;
import java.util.UUID;

/**
 * A reader reported a comment. Ids only: no reason, no note.
 *
 * @param subject the report
 */
public record CommentFlagged(UUID subject, UUID comment, UUID article, UUID site, long version) implements Departure {}
