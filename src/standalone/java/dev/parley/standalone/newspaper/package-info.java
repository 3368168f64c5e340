/**
 * The Gazette, a demonstration newspaper, as a publisher's engineer would build it around Parley: pages of its own and
 * a frame under each article. Its text is ours; persons and places are invented.
 */
@NullMarked
package dev.parley.standalone.newspaper;

import org.jspecify.annotations.NullMarked;
