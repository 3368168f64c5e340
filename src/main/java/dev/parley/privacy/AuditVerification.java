package dev.parley.privacy;

import org.jspecify.annotations.Nullable;

/**
 * Whether a tenant's audit trail is whole.
 *
 * @param valid whether every link fits its entry and the link before it
 * @param sealed number of linked entries
 * @param unsealed number of entries that wait for the sealer: a second's worth at most, unless it is held up
 * @param firstBroken number of the first link that does not fit; null if all do
 * @param head the last link that fits, signed; null if there is none
 */
public record AuditVerification(
        boolean valid, long sealed, long unsealed, @Nullable Long firstBroken, @Nullable Head head) {

    /**
     * A signed head. Kept outside, it shows later whether anything up to it was changed.
     *
     * @param hash of the link, in hexadecimal
     * @param signature Ed25519, in base64, over what {@code docs/adr/0008-audit-chain.md} says
     * @param publicKey the tenant's key for it, 32 bytes in base64
     */
    public record Head(long seq, String hash, String signature, String publicKey) {}
}
