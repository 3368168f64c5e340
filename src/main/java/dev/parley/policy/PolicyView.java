package dev.parley.policy;

import java.time.Instant;

/** A version of a policy as admins see it. */
public record PolicyView(
        PolicyScope scope,
        String scopeRef,
        int version,
        PolicyDocument document,
        String reason,
        String createdBy,
        Instant createdAt) {}
