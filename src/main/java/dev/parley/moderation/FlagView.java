package dev.parley.moderation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reader's report as moderators see it. Nothing says who sent it.
 *
 * @param revision the revision that was reported
 * @param note in the reader's words; null if they gave none
 */
public record FlagView(FlagReason reason, @Nullable String note, int revision, Instant createdAt) {}
