/** The line from a submission to its place: published, held or rejected. In: a reader's submission. Out: a receipt. */
@NullMarked
package dev.parley.intake;

import org.jspecify.annotations.NullMarked;
