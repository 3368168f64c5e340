package dev.parley.privacy;

import java.util.List;
import java.util.UUID;

/**
 * A person who had everything erased.
 *
 * @param commenters themself, and those who were merged into them
 * @param comments all that they wrote; taken back already
 */
public record Erasure(List<UUID> commenters, List<UUID> comments) {}
