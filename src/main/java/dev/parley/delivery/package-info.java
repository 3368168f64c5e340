/**
 * What leaves: receivers of the outbox that write mails and tell open pages of changes, and the feeds that others read.
 */
@NullMarked
package dev.parley.delivery;

import org.jspecify.annotations.NullMarked;
