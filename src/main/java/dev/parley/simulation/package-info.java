/**
 * A policy tried on the past, against what moderators decided: newest revisions and a draft come in, counts and samples
 * go out. Changes nothing but its own table.
 */
@NullMarked
package dev.parley.simulation;

import org.jspecify.annotations.NullMarked;
