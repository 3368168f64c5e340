package dev.parley.moderation;

import java.util.UUID;

/**
 * That a comment came into the queue, left it or changed there, or that a claim on it did. Fired inside the transaction
 * that does so; whoever tells others must wait for its commit, and read what is true by then.
 */
public record QueueTouched(String tenant, UUID comment) {}
