/** The framed page under a publisher's article: the form and the thread, as plain HTML. */
@NullMarked
package dev.parley.widget;

import org.jspecify.annotations.NullMarked;
