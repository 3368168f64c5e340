package dev.parley.invitation;

import dev.parley.outbox.Departure;
import java.util.UUID;

/**
 * Somebody was invited, or an invitation is to be sent again. Ids only.
 *
 * @param subject the invitation
 * @param version how often it was sent, this time included
 */
public record Invited(UUID subject, long version) implements Departure {}
