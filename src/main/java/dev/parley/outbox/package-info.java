/**
 * What must leave: events written in the deciding transaction, and the relay that hands them to receivers afterwards.
 */
@NullMarked
package dev.parley.outbox;

import org.jspecify.annotations.NullMarked;
