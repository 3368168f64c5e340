/**
 * How much came in, what became of it, and how long people took. In: a span of days. Out: numbers, counted from what
 * the other features keep, by native SQL that names the tenant.
 */
@NullMarked
package dev.parley.statistics;

import org.jspecify.annotations.NullMarked;
