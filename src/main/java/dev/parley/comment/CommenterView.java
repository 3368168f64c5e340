package dev.parley.comment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A commenter as staff sees them: no address, nothing made from one.
 *
 * @param verified whether they proved that the address is theirs
 * @param mails whether they asked for mails and did not switch them off
 * @param erased whether they had everything erased
 */
public record CommenterView(
        UUID id,
        String name,
        @Nullable String website,
        boolean verified,
        boolean mails,
        boolean erased,
        Instant createdAt) {}
