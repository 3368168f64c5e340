package dev.parley.delivery;

import java.util.UUID;

/**
 * A thread that somebody watches.
 *
 * @param article the publisher's key; the article need not be known yet
 */
record Watched(String tenant, UUID site, String article) {}
