package dev.parley.reader;

import dev.parley.outbox.Departure;
import java.util.List;
import java.util.UUID;

/**
 * A commenter proved their address, or others became one with them. Ids only.
 *
 * @param merged who became one with them; their comments are the subject's now
 */
public record CommenterProven(UUID subject, List<UUID> merged, long version) implements Departure {}
