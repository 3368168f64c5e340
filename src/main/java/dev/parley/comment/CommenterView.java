package dev.parley.comment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A commenter as staff sees them: no address, nothing made from one. */
public record CommenterView(UUID id, String name, @Nullable String website, boolean verified, Instant createdAt) {}
