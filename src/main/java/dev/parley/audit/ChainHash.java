package dev.parley.audit;

import dev.parley.platform.Frames;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The hash of a link: SHA-256 over the previous hash, the link's number and every field of the entry, each behind its
 * length. The recipe is written down in {@code docs/adr/0008-audit-chain.md}, so that others can recompute it.
 */
final class ChainHash {

    private static final byte[] RECIPE = Frames.bytes("parley-audit-1");

    /** What stands for the hash before the first link. */
    static final byte[] NONE = new byte[32];

    private ChainHash() {}

    static byte[] of(byte[] previous, long seq, AuditEntry entry) {
        return sha256(
                Frames.of(
                        RECIPE,
                        previous,
                        Frames.bytes(seq),
                        Frames.bytes(entry.tenantId),
                        Frames.bytes(entry.id),
                        Frames.bytes(ChronoUnit.MICROS.between(Instant.EPOCH, entry.at)),
                        Frames.bytes(entry.actorKind),
                        Frames.bytes(entry.actorId),
                        Frames.bytes(entry.action),
                        Frames.bytes(entry.subjectKind),
                        Frames.bytes(entry.subjectId),
                        Frames.bytes(entry.detail)));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
