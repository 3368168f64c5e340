package dev.parley.widget;

import org.jspecify.annotations.Nullable;

/**
 * The form to change a comment.
 *
 * @param text as it is, or as it was typed
 * @param nudged whether the writer is asked to say it differently, and may send it as it is
 * @param error what is wrong with it; null if nothing is known to be
 * @param cancel leads back to the thread
 */
record EditForm(Own own, String ticket, String text, boolean nudged, @Nullable String error, String cancel) {}
