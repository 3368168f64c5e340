package dev.parley.intake;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * How a submission came.
 *
 * @param origin the Origin header; null if there was none, as from a program
 * @param idempotencyKey null if the client gave none
 * @param readerToken of an earlier submission; null if the reader is not remembered
 * @param robot whether a trap of the form says that no person filled it in
 */
public record Envelope(
        @Nullable String origin,
        InetAddress client,
        @Nullable String idempotencyKey,
        @Nullable String readerToken,
        boolean robot) {

    @Override
    public String toString() {
        return "Envelope[…]";
    }
}
