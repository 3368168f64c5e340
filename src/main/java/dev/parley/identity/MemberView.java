package dev.parley.identity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A member as the tenant's admins see them. No sites: all of them. */
public record MemberView(UUID id, String subject, String name, Role role, List<UUID> sites, Instant createdAt) {}
