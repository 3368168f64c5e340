package dev.parley.tenant;

import java.time.Instant;

/** How much a tenant uses, counted at a moment. */
public record TenantLoad(
        long sites, long members, long comments, long commentsLastDay, long pending, Instant measuredAt) {}
