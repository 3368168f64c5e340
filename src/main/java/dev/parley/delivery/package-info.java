/**
 * What leaves: receivers of the outbox that write mails, tell webhooks and tell open pages of changes, and the feeds
 * that others read. In: events of the outbox. Out: mails, each written at the moment it is sent, signed messages to
 * publishers' programs, and live updates.
 */
@NullMarked
package dev.parley.delivery;

import org.jspecify.annotations.NullMarked;
