package dev.parley.invitation;

import dev.parley.identity.Role;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An invitation as the tenant's admins see it: without the address, which nobody sees again.
 *
 * @param sites none: all of them
 */
public record InvitationView(
        UUID id,
        String name,
        Role role,
        List<UUID> sites,
        Inviter invitedBy,
        Instant createdAt,
        Instant expiresAt,
        InvitationState state) {

    /**
     * @param name null for one who left
     */
    public record Inviter(UUID id, @Nullable String name) {}
}
