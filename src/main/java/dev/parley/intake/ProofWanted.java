package dev.parley.intake;

import dev.parley.outbox.Departure;
import java.util.UUID;

/**
 * A comment came whose commenter is to prove the address by a mailed link, or, where it is proven, wants mails. Ids
 * only.
 *
 * @param subject the commenter
 * @param mails whether the commenter asked for mails; else the policy asks for proof
 */
public record ProofWanted(UUID subject, UUID comment, UUID site, boolean mails, long version) implements Departure {}
