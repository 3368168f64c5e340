package dev.parley.delivery;

import java.util.Optional;
import java.util.UUID;

/**
 * A mail as it is sent, but for the address.
 *
 * @param id the same at each attempt; makes the Message-ID
 * @param subject one line
 * @param text plain
 * @param unsubscribe address for one-click unsubscribing (RFC 8058); empty where the mail is none that one subscribes
 *     to
 */
public record Letter(UUID id, String subject, String text, Optional<String> unsubscribe) {

    /** Prints nothing of the text: there are links in it that only the recipient may hold. */
    @Override
    public String toString() {
        return "Letter[" + id + "]";
    }
}
