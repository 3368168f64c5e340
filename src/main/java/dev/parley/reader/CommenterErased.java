package dev.parley.reader;

import dev.parley.outbox.Departure;
import java.util.List;
import java.util.UUID;

/**
 * A commenter had everything erased. Ids only: whoever keeps copies of these comments deletes them.
 *
 * @param merged who had become one with them, and were erased too
 */
public record CommenterErased(UUID subject, List<UUID> merged, List<UUID> comments, long version)
        implements Departure {}
