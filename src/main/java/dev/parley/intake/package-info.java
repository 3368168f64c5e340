/**
 * The line from a submission to its place: published, held or rejected; and from a report to the queue. In: a reader's
 * submission or report. Out: a receipt.
 */
@NullMarked
package dev.parley.intake;

import org.jspecify.annotations.NullMarked;
