package dev.parley.widget;

import org.jspecify.annotations.Nullable;

/**
 * The form to change a comment.
 *
 * @param text as it is, or as it was typed
 * @param error what is wrong with it; null if nothing is known to be
 * @param cancel leads back to the thread
 */
record EditForm(Own own, String ticket, String text, @Nullable String error, String cancel) {}
