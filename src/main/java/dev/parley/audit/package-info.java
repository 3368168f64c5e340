/**
 * Append-only trail: who did what, to what, and why. The deciding transaction inserts an entry; a sealer chains entries
 * by hash within a second; anybody entitled can verify the chain.
 */
@NullMarked
package dev.parley.audit;

import org.jspecify.annotations.NullMarked;
