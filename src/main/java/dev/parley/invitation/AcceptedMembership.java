package dev.parley.invitation;

import dev.parley.identity.Role;
import java.util.List;
import java.util.UUID;

/**
 * What somebody is at a tenant since they accepted.
 *
 * @param sites none: all of them
 */
public record AcceptedMembership(
        String tenant, String tenantName, UUID member, String memberName, Role role, List<UUID> sites) {}
