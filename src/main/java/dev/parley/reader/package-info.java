/**
 * What readers do about themselves: prove an address, see, take back, export and erase what they wrote. In: a link that
 * was mailed. Out: a page, a file, and commenters that became one.
 */
@NullMarked
package dev.parley.reader;

import org.jspecify.annotations.NullMarked;
