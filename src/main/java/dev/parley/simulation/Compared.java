package dev.parley.simulation;

import dev.parley.policy.Decision;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A comment decided on twice: by the policy in force, and with the draft in its place. */
record Compared(UUID comment, int revision, Instant at, Decision before, Decision after, @Nullable Ruling ruling) {}
