package dev.parley.widget;

import dev.parley.widget.FrameLinks.About;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form with what was typed so far. It has no place for an email address: what was typed there is never shown again.
 *
 * @param ticket says that we made this form, when, and which comment it makes
 * @param replyTo the comment that is answered; null for a new thread
 * @param about what the embedding page said of its article
 * @param nudged whether the reader is asked to say it differently, and may send it as it is
 * @param errors texts by field name
 */
record ReplyForm(
        String ticket,
        @Nullable ReplyTo replyTo,
        String comment,
        String name,
        String website,
        boolean notifyMe,
        About about,
        boolean nudged,
        Map<String, String> errors) {

    /**
     * @param name null if it is not known here
     * @param cancel leads back to the form for a new comment
     */
    record ReplyTo(String id, @Nullable String name, String cancel) {}

    static ReplyForm empty(String ticket, @Nullable ReplyTo replyTo, About about) {
        return new ReplyForm(ticket, replyTo, "", "", "", false, about, false, Map.of());
    }

    public @Nullable String error(String field) {
        return errors.get(field);
    }
}
