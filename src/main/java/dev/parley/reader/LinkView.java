package dev.parley.reader;

import java.time.Instant;
import java.util.UUID;

/**
 * A link that works.
 *
 * @param commenter who it was mailed to; whom they were merged into, if they were
 * @param site the site that it opens
 */
public record LinkView(UUID id, UUID commenter, UUID site, LinkPurpose purpose, Instant lapsesAt) {}
