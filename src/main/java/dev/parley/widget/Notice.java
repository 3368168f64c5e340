package dev.parley.widget;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of what was sent, in plain words.
 *
 * @param anchor the comment's place on this page; null if it is not on it
 */
record Notice(Kind kind, String title, String text, List<String> reasons, @Nullable String anchor) {

    enum Kind {
        PUBLISHED,
        HELD,
        REJECTED,
        NOT_SENT;

        /** Class of the notice in the stylesheet. */
        public String style() {
            return switch (this) {
                case PUBLISHED -> "good";
                case HELD -> "waiting";
                case REJECTED, NOT_SENT -> "bad";
            };
        }
    }

    /** Errors interrupt a screen reader, the rest waits for its turn. */
    public String role() {
        return kind == Kind.NOT_SENT ? "alert" : "status";
    }

    static Notice published(@Nullable String anchor) {
        return new Notice(Kind.PUBLISHED, "Thank you. Your comment is published.", "", List.of(), anchor);
    }

    static Notice held(List<String> reasons) {
        return new Notice(
                Kind.HELD,
                "Thank you. Your comment is held for now.",
                "It will be read by a moderator before anybody else can see it. There is no need to send it again.",
                reasons,
                null);
    }

    static Notice rejected(List<String> reasons) {
        return new Notice(
                Kind.REJECTED,
                "Your comment was not published.",
                "It goes against the rules for comments here. This was decided automatically.",
                reasons,
                null);
    }

    /** For a form that is sent again after its comment was taken back. */
    static Notice withdrawn() {
        return new Notice(Kind.REJECTED, "You have taken this comment back.", "", List.of(), null);
    }

    static Notice notSent(String title, String text) {
        return new Notice(Kind.NOT_SENT, title, text, List.of(), null);
    }

    Notice withoutAnchor() {
        return new Notice(kind, title, text, reasons, null);
    }
}
