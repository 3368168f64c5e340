/**
 * Text as data: the characters that are accepted, the normalised copy that scorers and word lists read, links,
 * language. Plain Java, no service.
 */
@NullMarked
package dev.parley.text;

import org.jspecify.annotations.NullMarked;
