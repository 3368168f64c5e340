/**
 * Parley for other programs: scores in its own shape and in that of Perspective, whose clients need another address and
 * key, and nothing else.
 *
 * <p>In: texts, with an API key. Out: scores; suggested ones become labels of the tenant. No text is kept or logged
 * otherwise.
 */
@NullMarked
package dev.parley.interop;

import org.jspecify.annotations.NullMarked;
