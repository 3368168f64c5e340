/** Comments, their revisions and commenters, status, rendering and threads. */
@NullMarked
package dev.parley.comment;

import org.jspecify.annotations.NullMarked;
