package dev.parley.reader;

import dev.parley.outbox.Departure;
import java.util.UUID;

/**
 * Somebody asked for a link to be mailed to an address, known here or not. Ids only.
 *
 * @param subject id of the request, for {@link LinkRequests#commenterFor}
 * @param site where it was asked
 */
public record LinkAsked(UUID subject, UUID site, long version) implements Departure {}
